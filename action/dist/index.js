import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{c as t}from"./chunk-D6TTP26V.js";import"./chunk-N7HQU3PZ.js";import"./chunk-PAPH3GWM.js";var i=await t(process.env),{runAction:a}=await import("./run-action-G7JISFNQ.js");await a(i);
