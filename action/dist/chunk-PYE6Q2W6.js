import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
function c({context:n,inputs:t,cloneAtHand:e}){let{machine:o}=n;return o===void 0||t.clone==="none"?n:{...n,machine:{...o,fetchClone:(r,i)=>e(i)}}}export{c as a};
