import { visibleLine } from '../../core/markdown.ts';
import { durationWords } from '../../core/readiness/render/duration-words.ts';
import { type FindingGroup, isInTheWay, standingWords } from '../../core/readiness/render/group-findings.ts';
import { instantWords } from '../../core/readiness/render/instant-words.ts';
import {
  counted,
  STANDING_MARKS,
  type Standing,
  shortName,
  standingOf,
} from '../../core/readiness/render/report-words.ts';
import type { Evidence, Finding } from '../../core/readiness/report-schema.ts';
import type { RepositoryRef } from '../../core/task/identity.ts';
import { nearText } from '../cli/near-text.ts';
import { Link } from './link.tsx';

interface GroupProps {
  readonly group: FindingGroup;
  readonly near: RepositoryRef;
}

/** A criterion's findings, folded unless it is in the way. */
export function FindingFold({ group, near }: GroupProps) {
  const { criterion, findings } = group;
  return (
    <details open={isInTheWay(criterion)}>
      <summary>
        <h3>{criterion.title}</h3>
        <span>{standingWords(group)}</span>
      </summary>
      <ul class="findings">
        {findings.map((finding) => (
          <FindingEntry finding={finding} near={near} />
        ))}
      </ul>
    </details>
  );
}

const LOOKS: Readonly<Record<Standing, string>> = { fails: 'bad', unknown: 'doubt', informs: 'quiet', waived: 'quiet' };

interface FindingProps {
  readonly finding: Finding;
  readonly near: RepositoryRef;
}

function FindingEntry({ finding, near }: FindingProps) {
  const { item, why, evidence } = finding;
  const standing = standingOf(finding);
  const { sign, word } = STANDING_MARKS[standing];
  const facts = factsOf(finding, near);
  return (
    <li>
      <span class={`sign ${LOOKS[standing]}`} role="img" aria-label={word}>
        {sign}
      </span>
      {item !== null && (
        <>
          <Link url={item.url}>{visibleLine(shortName(item.ref, near))}</Link>{' '}
          <strong>{visibleLine(item.title)}</strong>:{' '}
        </>
      )}
      {nearText(why, near)}
      <ActionLine finding={finding} near={near} />
      {facts.length > 0 && <p class="facts">{facts.join(' · ')}</p>}
      {evidence.length > 0 && (
        <p class="evidence">
          Seen:{' '}
          {evidence.map((one, index) => (
            <>
              {index > 0 && '; '}
              <EvidenceText evidence={one} near={near} />
            </>
          ))}
        </p>
      )}
    </li>
  );
}

/** What to do, who does it, and the command for it. */
export function ActionLine({ finding: { action, actor }, near }: FindingProps) {
  return (
    <p class="todo">
      <Link url={action.url}>
        <strong>{nearText(action.text, near)}</strong>
      </Link>{' '}
      <span class="soft">({nearText(actor.name, near)})</span>
      {action.command !== null && (
        <>
          {' '}
          <code>{visibleLine(action.command)}</code>
        </>
      )}
    </p>
  );
}

function factsOf(finding: Finding, near: RepositoryRef): readonly string[] {
  const { since, age_seconds: age, excused_seconds: excused, lane, unblocks } = finding;
  const old = age === null ? '' : `, ${durationWords(age)}`;
  const off = excused === 0 ? '' : ` (${durationWords(excused)} of it under an open blocker, excused)`;
  const waiting = counted(unblocks.length, 'task waits', 'tasks wait');
  return [
    ...(since === null ? [] : [`since ${instantWords(since)}${old}${off}`]),
    ...(lane === null ? [] : [`lane ${visibleLine(lane)}`]),
    ...(unblocks.length === 0 ? [] : [`${waiting} for it: ${unblocks.map((ref) => nearText(ref, near)).join(', ')}`]),
  ];
}

function EvidenceText({ evidence, near }: { readonly evidence: Evidence; readonly near: RepositoryRef }) {
  const { text, url, path, line } = evidence;
  const place = path === undefined ? '' : ` ${visibleLine(path)}${line === undefined ? '' : `:${line}`}`;
  return (
    <>
      <Link url={url}>{nearText(text, near)}</Link>
      {place !== '' && <code>{place}</code>}
    </>
  );
}
