import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var U=`query OpenPullRequests($owner: String!, $repo: String!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    defaultBranchRef { name }
    pullRequests(first: 50, after: $after, states: [OPEN], orderBy: { field: CREATED_AT, direction: ASC }) {
      nodes {
        id number title url headRefOid headRefName isCrossRepository baseRefName isDraft createdAt updatedAt additions deletions changedFiles
        author { __typename login }
        labels(first: 100) { nodes { name } }
        commits(first: 100) { nodes { commit { oid } } pageInfo { hasNextPage endCursor } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;var H=`query BranchNames($owner: String!, $repo: String!, $branch: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    ref(qualifiedName: $branch) { name }
    refs(refPrefix: "refs/heads/", first: 100) { nodes { name } }
  }
}`,_="number state repository { name owner { login } }",S=`${_} blockedBy(first: 20) { nodes { ${_} } pageInfo { hasNextPage endCursor } }`,j=`query MergeStandings($owner: String!, $repo: String!, $base: String!, $ids: [ID!]!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    viewerDefaultMergeMethod mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed
    ref(qualifiedName: $base) { refUpdateRule { requiresLinearHistory } }
  }
  nodes(ids: $ids) {
    __typename
    ... on PullRequest {
      id reviewDecision mergeable body url
      repository { name owner { login } }
      commits(first: 100) { nodes { commit { message } } pageInfo { hasNextPage endCursor } }
      timelineItems(last: 1, itemTypes: [READY_FOR_REVIEW_EVENT]) {
        nodes { __typename ... on ReadyForReviewEvent { createdAt } }
      }
      statusCheckRollup {
        contexts(first: 100) {
          nodes { __typename ... on CheckRun { name conclusion } ... on StatusContext { context state } }
          pageInfo { hasNextPage endCursor }
        }
      }
      closingIssuesReferences(first: 5) {
        nodes { ${S} }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;function Y(e){let t=Array.from({length:e},(r,s)=>s),n=t.map(r=>`$owner${r}: String!, $repo${r}: String!, $number${r}: Int!`).join(", "),o=t.map(r=>`item${r}: repository(owner: $owner${r}, name: $repo${r}) { issueOrPullRequest(number: $number${r}) { __typename ... on Issue { ${S} } } }`);return`query TaskBlockers(${n}) {
  rateLimit { cost }
  ${o.join(`
  `)}
}`}var h=class{value;next;constructor(t){this.value=t}},g=class{#e;#t;#n;constructor(){this.clear()}enqueue(t){let n=new h(t);this.#e?(this.#t.next=n,this.#t=n):(this.#e=n,this.#t=n),this.#n++}dequeue(){let t=this.#e;if(t)return this.#e=this.#e.next,this.#n--,this.#e||(this.#t=void 0),t.value}peek(){if(this.#e)return this.#e.value}clear(){this.#e=void 0,this.#t=void 0,this.#n=0}get size(){return this.#n}*[Symbol.iterator](){let t=this.#e;for(;t;)yield t.value,t=t.next}*drain(){for(;this.#e;)yield this.dequeue()}};function $(e){let t=!1;if(typeof e=="object"&&({concurrency:e,rejectOnClear:t=!1}=e),w(e),typeof t!="boolean")throw new TypeError("Expected `rejectOnClear` to be a boolean");let n=new g,o=0,r=()=>{o<e&&n.size>0&&(o++,n.dequeue().run())},s=()=>{o--,r()},p=async(i,f,l)=>{let u=(async()=>i(...l))();f(u);try{await u}catch{}s()},a=(i,f,l,u)=>{let m={reject:l};new Promise(c=>{m.run=c,n.enqueue(m)}).then(p.bind(void 0,i,f,u)),o<e&&r()},d=(i,...f)=>new Promise((l,u)=>{a(i,l,u,f)});return Object.defineProperties(d,{activeCount:{get:()=>o},pendingCount:{get:()=>n.size},clearQueue:{value(){if(!t){n.clear();return}let i=AbortSignal.abort().reason;for(;n.size>0;)n.dequeue().reject(i)}},concurrency:{get:()=>e,set(i){w(i),e=i,queueMicrotask(()=>{for(;o<e&&n.size>0;)r()})}},map:{async value(i,f){let l=[];try{Array.from(i,(u,m)=>{let c=d(f,u,m);return l.push(c),c})}catch(u){for(let m of l)m.catch(()=>{});throw u}return Promise.all(l)}}}),d}function w(e){if(!((Number.isInteger(e)||e===Number.POSITIVE_INFINITY)&&e>0))throw new TypeError("Expected `concurrency` to be a number from 1 and up")}import{spawn as C}from"node:child_process";import{setMaxListeners as x}from"node:events";var A=6e4,P=256*1024*1024,L=4096,N="1g";function X(e){let{args:t,input:n="",place:o,signal:r}=e;return r?.aborted?Promise.resolve({ended:"cancelled",stdout:"",complaint:"",remarks:""}):new Promise(s=>{let p=null,a=C("git",["--no-pager",...t],{...o===void 0?{}:{cwd:o.workTree},env:{...k(o),...e.environment},stdio:"pipe",windowsHide:!0}),d=c=>{p??=c,a.kill("SIGKILL")},i=()=>d("cancelled"),f=setTimeout(()=>d("too_slow"),e.timeoutMs??A);O.add(a),r&&x(0,r),r?.addEventListener("abort",i,{once:!0});let l=R(a.stdout,e.maxOutputBytes??P,()=>d("too_much")),u=R(a.stderr,e.maxRemarkBytes??L,()=>{}),m=c=>{clearTimeout(f),O.delete(a),r?.removeEventListener("abort",i);let E=p??c,T=u.text();s({ended:E,stdout:l.text(e.encoding),complaint:G(T,E,o),remarks:T})};a.once("error",()=>m("not_started")),a.once("close",c=>m(c===0?"done":"failed")),a.stdin.on("error",()=>{}),a.stdin.end(n)})}var O=new Set;function k(e){let{PATH:t,SystemRoot:n,TMPDIR:o}=process.env;return{...t===void 0?{}:{PATH:t},...n===void 0?{}:{SystemRoot:n},...o===void 0?{}:{TMPDIR:o},...e===void 0?{}:{GIT_DIR:e.gitFolder,GIT_WORK_TREE:e.workTree,HOME:e.gitFolder,XDG_CONFIG_HOME:e.gitFolder},LC_ALL:"C",GIT_ALLOC_LIMIT:N,GIT_ATTR_NOSYSTEM:"1",GIT_CONFIG_GLOBAL:"/dev/null",GIT_CONFIG_NOSYSTEM:"1",GIT_CONFIG_SYSTEM:"/dev/null",GIT_NO_LAZY_FETCH:"1",GIT_NO_REPLACE_OBJECTS:"1",GIT_OPTIONAL_LOCKS:"0",GIT_PROTOCOL_FROM_USER:"0",GIT_TERMINAL_PROMPT:"0"}}function R(e,t,n){let o=[],r=0;return e.on("data",s=>{r<t&&o.push(s.subarray(0,t-r)),r+=s.length,r>t&&n()}),e.on("error",()=>{}),{text:(s="utf8")=>Buffer.concat(o).toString(s)}}function G(e,t,n){let o=e.trimEnd().split(`
`),s=o.filter(d=>/^(error|fatal): /.test(d)).at(-1)??(t==="done"?"":o.at(-1))??"";return(n===void 0?[]:[n.gitFolder,n.workTree]).reduce((d,i)=>d.replaceAll(`${i}/`,""),s).replaceAll(new RegExp("\\p{Cc}","gu")," ").slice(0,300)}import{readFileSync as I}from"node:fs";function b(e){try{let t=I(`/proc/${e}/stat`,"utf8"),n=t.slice(t.lastIndexOf(")")+2).split(" "),o=I("/proc/sys/kernel/random/boot_id","utf8").trim();return n[0]==="Z"||n[19]===void 0?null:`${o}:${n[19]}`}catch{return null}}function te(e,t){return v(e)?t===null||b(process.pid)===null||b(e)===t:!1}function v(e){try{return process.kill(e,0),!0}catch(t){return t instanceof Error&&"code"in t&&t.code==="EPERM"}}import{existsSync as q,mkdirSync as D}from"node:fs";import{dirname as F}from"node:path";var y=e=>e instanceof Error&&"code"in e?String(e.code):null;function re(e,t){let n=y(t);if(n===null)throw t;return`${e}: ${M[n]??"the file system refuses it"} (${n})`}var M={EACCES:"permission denied",EPERM:"permission denied",EROFS:"the file system is read-only",ENOSPC:"no space left",EDQUOT:"the quota is used up",ENOTDIR:"a file is in the place of a folder",ENOENT:"there is no such folder",EISDIR:"a folder is in its place"};function B(e){if(!q(e)){B(F(e));try{D(e,{mode:448})}catch(t){if(y(t)!=="EEXIST")throw t}}}export{U as a,H as b,j as c,Y as d,X as e,re as f,b as g,te as h,$ as i,B as j};
