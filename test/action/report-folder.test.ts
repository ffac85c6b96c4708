import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeReportFolder, writeReportFile } from '../../action/report-folder.ts';
import { newFolder } from './run-bundle.ts';

/** A runner's folders, the workspace with a link that leads out of it. */
function runner() {
  const root = newFolder();
  const [workspace, temporaryFolder] = [join(root, 'workspace'), join(root, 'temp')];
  for (const folder of [workspace, temporaryFolder, join(root, 'outside')]) mkdirSync(folder);
  symlinkSync(join(root, 'outside'), join(workspace, 'link'));
  return { root, workspace, temporaryFolder };
}

test.each(['../x', '..', '/etc/parasol', 'a/../../x', 'link', 'link/deep/er', '../workspace-2'])(
  'a folder such as %s, outside of workspace and temporary folder, is refused and not made',
  async (asked) => {
    const { root, ...place } = runner();
    await expect(makeReportFolder(asked, place)).rejects.toMatchObject({
      code: 'usage',
      message: `\`report-dir: ${JSON.stringify(asked)}\` leaves the workspace and the temporary folder of the runner.`,
      hint: expect.stringContaining('report-dir: reports'),
    });
    expect(['x', 'workspace-2', 'outside/deep'].filter((name) => existsSync(join(root, name)))).toEqual([]);
  },
);

test('folders within the workspace and the temporary folder are made, however they are named', async () => {
  const { root, ...place } = runner();
  const inTemp = join(place.temporaryFolder, 'reports');
  const made = await Promise.all(['out/risk', '.', '..dots', inTemp].map((asked) => makeReportFolder(asked, place)));
  expect(made).toEqual([
    join(root, 'workspace/out/risk'),
    join(root, 'workspace'),
    join(root, 'workspace/..dots'),
    inTemp,
  ]);
  expect(made.every((folder) => existsSync(folder))).toBe(true);
  expect(await makeReportFolder(null, place)).toMatch(/\/temp\/parasol-report-\w+$/);
});

test('a folder that cannot be made is told so', async () => {
  const { root: _, ...place } = runner();
  writeFileSync(join(place.workspace, 'file'), '');
  await expect(makeReportFolder('file/below', place)).rejects.toMatchObject({
    message: 'The folder "file/below" of `report-dir` cannot be made.',
  });
});

test('a link that stands where a file goes is replaced, not followed', async () => {
  const { root, workspace } = runner();
  writeFileSync(join(root, 'outside/kept'), 'kept');
  symlinkSync(join(root, 'outside/kept'), join(workspace, 'report.md'));
  await writeReportFile(join(workspace, 'report.md'), 'report');
  expect([
    readFileSync(join(root, 'outside/kept'), 'utf8'),
    readFileSync(join(workspace, 'report.md'), 'utf8'),
  ]).toEqual(['kept', 'report']);
});

test('a folder that stands where a file goes is left, and told', async () => {
  const { workspace } = runner();
  mkdirSync(join(workspace, 'report.md'));
  await expect(writeReportFile(join(workspace, 'report.md'), 'report')).rejects.toMatchObject({
    code: 'usage',
    message: `The report file ${JSON.stringify(join(workspace, 'report.md'))} cannot be written (ERR_FS_EISDIR).`,
  });
});
