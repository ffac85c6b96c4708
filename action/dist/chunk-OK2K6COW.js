import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{u as o}from"./chunk-ZDKQFYMU.js";var s=({owner:e,repo:t})=>new o("not_found",`There is no repository ${e}/${t}, or you may not see it.`,"Check the spelling, and that the token has access to it.");export{s as a};
