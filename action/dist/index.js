import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{c as t}from"./chunk-A6D25K46.js";import"./chunk-RSZWAUZP.js";import"./chunk-PAPH3GWM.js";var i=await t(process.env),{runAction:a}=await import("./run-action-YV5ZOS47.js");await a(i);
