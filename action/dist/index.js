import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{c as t}from"./chunk-U2WJF6PM.js";import"./chunk-SPVEMEOQ.js";import"./chunk-PAPH3GWM.js";var i=await t(process.env),{runAction:a}=await import("./run-action-RBHZ7ZC2.js");await a(i);
