import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{d as t}from"./chunk-UWWHNDYB.js";import"./chunk-RSZWAUZP.js";import"./chunk-PAPH3GWM.js";var i=await t(process.env),{runAction:a}=await import("./run-action-NKJ2UO5N.js");await a(i);
