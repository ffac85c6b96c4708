import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{d as t}from"./chunk-UWWHNDYB.js";import"./chunk-RSZWAUZP.js";import"./chunk-PAPH3GWM.js";var i=await t(process.env),{runAction:a}=await import("./run-action-VX4B3HD5.js");await a(i);
