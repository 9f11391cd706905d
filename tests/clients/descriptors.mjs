// Prints the official message descriptors as JSON: { types: { NAME: [field…] }, enums: { NAME: { VALUE: NUMBER } } }.
// usage: node descriptors.mjs server|native
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const modules = process.argv[2] === 'native'
  ? (() => {
      const folder = join(dirname(require.resolve('@livekit/rtc-ffi-bindings/package.json')), 'proto');
      return readdirSync(folder).filter((name) => name.endsWith('_pb.js')).map((name) => require(join(folder, name)));
    })()
  : [require('@livekit/protocol')];

// Numbers of descriptor.proto's FieldDescriptorProto.Type, which both sides share.
const types = {};
const enums = {};
const pending = modules.flatMap((module) => Object.values(module)).filter((value) => value?.typeName && value?.fields);

const addEnum = (type) => {
  enums[type.typeName] ??= Object.fromEntries(type.values.map((value) => [value.name, value.no]));
};

const describe = (field, kind, T) => {
  if (kind === 'message') {
    pending.push(T);
    return { type: 11, typeName: T.typeName };
  }
  if (kind === 'enum') {
    addEnum(T);
    return { type: 14, typeName: T.typeName };
  }
  return { type: T };
};

while (pending.length > 0) {
  const message = pending.pop();
  if (types[message.typeName]) continue;
  types[message.typeName] = message.fields.list().map((field) => ({
    name: field.name,
    number: field.no,
    repeated: field.repeated === true || field.kind === 'map',
    optional: field.opt === true,
    required: field.req === true,
    oneof: field.oneof?.name ?? null,
    ...(field.kind === 'map'
      ? { key: field.K, value: describe(field, field.V.kind, field.V.T) }
      : describe(field, field.kind, field.T)),
  }));
}

process.stdout.write(JSON.stringify({ types, enums }));
