import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{c as t}from"./chunk-ROTITL3T.js";import"./chunk-N7HQU3PZ.js";import"./chunk-PAPH3GWM.js";var i=await t(process.env),{runAction:a}=await import("./run-action-RHZGMYM6.js");await a(i);
