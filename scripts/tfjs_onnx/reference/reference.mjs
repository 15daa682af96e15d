// Computes what TensorFlow.js itself answers for the two pictures beside this file.
//
// The ONNX files are checked against these answers, so they must not come from
// our converter. Run again only when the published models change:
//
//   npm install @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-converter@4.22.0 \
//       @tensorflow/tfjs-backend-cpu@4.22.0 pngjs@7.0.0
//   node reference.mjs <unpacked package>/models > reference.json

import fs from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';

const here = import.meta.dirname;

async function load(name) {
  const file = path.join(process.argv[2], `${name}.json`);
  const { weightsManifest, modelTopology, signature, format } = JSON.parse(fs.readFileSync(file));
  const shards = weightsManifest.flatMap((group) => group.paths);
  const bytes = Buffer.concat(shards.map((shard) => fs.readFileSync(path.join(path.dirname(file), shard))));
  const weightData = new Uint8Array(bytes).buffer;
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  return loadGraphModel({ load: async () => ({ modelTopology, signature, format, weightSpecs, weightData }) });
}

function pixels(picture) {
  const { width, height, data } = PNG.sync.read(fs.readFileSync(path.join(here, picture)));
  const rgba = tf.tensor4d(Int32Array.from(data), [1, height, width, 4], 'int32');
  return tf.slice(rgba, [0, 0, 0, 0], [1, height, width, 3]);
}

async function answers(name, picture, scale, outputs) {
  const model = await load(name);
  const rgb = pixels(picture);
  const input = scale === 1 ? rgb : tf.div(tf.cast(rgb, 'float32'), scale);
  const results = model.execute(input, Object.values(outputs));
  const numbers = [results].flat().map((result) => Array.from(result.dataSync(), (x) => Number(x.toPrecision(9))));
  return { picture, scale, outputs: Object.fromEntries(Object.keys(outputs).map((key, i) => [key, numbers[i]])) };
}

const found = {
  movenet_multipose: await answers('movenet-multipose', 'two_dancers.png', 1, { output_0: 'Identity:0' }),
  blazepose_full: await answers('blazepose-full', 'one_dancer.png', 255,
    { ld_3d: 'Identity_2:0', output_poseflag: 'Identity_3:0' }),
};
console.log(JSON.stringify({ computed_with: `TensorFlow.js ${tf.version_core}, CPU backend`, models: found }));
