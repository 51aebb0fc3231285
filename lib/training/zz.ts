import { openEngine } from "../engines/mod.ts";
import { buildModel } from "../models/mod.ts";
import { trainingBatches, } from "./batches.ts";
import { featureStatistics, trainingOptions } from "./mod.ts";
const N=960, F=64, M=128; const data=new Float32Array(N*F*M).map((_, i)=>Math.sin(i*i)*20-40);
const source={count:N,frames:F,nMels:M,classes:4,labels:Int32Array.from({length:N},(_, i)=>i%4),read(i:number,into:Float32Array,o:number){into.set(data.subarray(i*F*M,(i+1)*F*M),o);}};
const indices=Int32Array.from({length:N},(_, i)=>i);
let t=performance.now(); const statistics=featureStatistics(source,indices); console.log("stats", (N*1000/(performance.now()-t)).toFixed(0),"windows/s");
for (const a of [[],["time-shift"],["spec-augment"],["time-shift","spec-augment"],["gain"],["random-filter"],["noise"],["vtlp"],["time-stretch"],["mixup"],["cutmix"],["patch-mix"],["concatenate"]] as const) {
 const o=trainingOptions.parse({augment:a.map(k=>({kind:k,probability:1}))}); const b=trainingBatches({source,indices},{options:o,statistics,seed:0});
 for(let r=0;r<2;r++){ t=performance.now(); const e=b.epoch(r+1); for(let i=0;i<b.perEpoch;i++) e.batch(i); if(r) console.log(a.join("+")||"none",(N*1000/(performance.now()-t)).toFixed(0),"windows/s"); } }
