import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
function c({context:n,inputs:e,cloneAtHand:t}){let{machine:o}=n;return o===void 0?n:e.clone==="none"?{...n,machine:{...o,cloneHelp:"leave `clone: none` out"}}:{...n,machine:{...o,fetchClone:(r,i)=>t(i)}}}export{c as a};
