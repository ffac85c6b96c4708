import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a as $}from"./chunk-2TEYBPMZ.js";import{F as y}from"./chunk-KQ22AFY5.js";var s="id number repository { name owner { login } }",g={issue:`issueOrPullRequest(number: $number) { __typename ... on Issue { ${s} } }`,thing:`issueOrPullRequest(number: $number) {
      __typename ... on Issue { ${s} state parent { ${s} } } ... on PullRequest { ${s} }
    }`,pullRequest:`pullRequest(number: $number) {
      ...PullRequestScalars ...PullRequestHistory
      closingIssuesReferences(first: 50) {
        nodes { ${s} }
        pageInfo { hasNextPage endCursor }
      }
    }`};function f(d,o){let n=Array.from({length:o},(e,t)=>t),u=n.map(e=>`$owner${e}: String!, $repo${e}: String!, $number${e}: Int!`).join(", "),l=n.map(e=>`item${e}: repository(owner: $owner${e}, name: $repo${e}) { ${g[d].replace("$number",`$number${e}`)} }`);return y(`query ByRef(${u}) {
  rateLimit { cost }
  ${l.join(`
  `)}
}`)}var b=20,h={issue:"issues",thing:"issues or pull requests",pullRequest:"pull requests"};async function S(d,o,{kind:n,unread:u}){let l=[];for(let e=0;e<o.length;e+=b){let t=o.slice(e,e+b),R=Object.fromEntries(t.flatMap(({owner:r,repo:m,number:a},p)=>[[`owner${p}`,r],[`repo${p}`,m],[`number${p}`,a]])),c=`read ${t.length} ${h[n]}`,q=f(n,t.length),i=await d.graphql(q,R,{tried:c});u?.note(i),(![...t.keys()].every(r=>i.data[`item${r}`]!=null)||u===void 0)&&$(i,c);for(let r of t.keys()){let m=i.data[`item${r}`],a=m?.issueOrPullRequest??m?.pullRequest;a?.number!==void 0&&l.push(a)}}return l}export{S as a};
