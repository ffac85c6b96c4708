import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{L as o}from"./chunk-MODLY6VA.js";function s({configText:e,ownerConfigText:n,lastValidConfigs:t}){return o({text:e,ownerText:n,...t===void 0?{}:{lastValid:t}})}export{s as a};
