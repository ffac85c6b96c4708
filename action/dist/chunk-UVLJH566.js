import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{y as o}from"./chunk-XP3F2E4M.js";function s({configText:e,ownerConfigText:n,lastValidConfigs:t}){return o({text:e,ownerText:n,...t===void 0?{}:{lastValid:t}})}export{s as a};
