// Reads one Iceberg table from the local disk with icebird and prints what it saw. icebird knows no deletion vectors:
// tables of format version 3 are read with its manifests, the Parquet reader below it, and roaring-wasm.
//
//   node read-table.mjs TABLE_DIRECTORY METADATA_FILE_NAME [--rows]
//
// Without --rows: {"rows":N,"checksum":"..","columns":{"id":{"nulls":N,"checksum":".."}}}. Checksums do not depend on the
// order of rows. With --rows: one JSON object a line. Dates are days and times microseconds, as Iceberg counts them.
import { open, readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { icebergManifests, icebergMetadata, icebergRead } from 'icebird'
import { RoaringBitmap32, roaringLibraryInitialize } from 'roaring-wasm'

// A JavaScript Date would round microseconds to milliseconds.
DEFAULT_PARSERS.dateFromDays = days => days
DEFAULT_PARSERS.timestampFromMicroseconds = micros => micros
DEFAULT_PARSERS.timestampFromNanoseconds = nanos => nanos

// icebird asks by fetch() only. Locations are taken as they stand: a %2F in one belongs to the file's name.
globalThis.fetch = async (location, { headers } = {}) => {
  const path = local(location)
  const range = /^bytes=(\d+)-(\d+)$/.exec(new Headers(headers).get('range') ?? '')
  if (!range) return new Response(await readFile(path))
  const from = Number(range[1])
  return new Response(await slice(path, from, Number(range[2]) + 1 - from), { status: 206 })
}

function local(location) {
  const path = String(location).replace(/^file:(\/\/)?/, '')
  if (!path.startsWith('/')) throw new Error(`not a local file: ${location}`)
  return path
}

async function slice(path, position, length) {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(length), position })
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

// How a value is written: as JSON for people, or for checksums in a form that Java can write as well.
const JSON_PEN = {
  string: JSON.stringify,
  real: value => Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`,
}
const CHECKSUM_PEN = {
  string: value => `"${value}"`,
  real: value => Number.isNaN(value) ? 'NaN' : bits(value),
}

function bits(value) {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return view.getBigUint64(0).toString(16).padStart(16, '0')
}

function write(type, value, pen) {
  if (value === null || value === undefined) return 'null'
  if (typeof type === 'object') return writeNested(type, value, pen)
  if (type.startsWith('decimal')) return decimal(type, value)
  if (type.startsWith('fixed')) return pen.string(Buffer.from(value).toString('hex'))
  switch (type) {
    case 'boolean': case 'int': case 'long': case 'date': case 'time':
    case 'timestamp': case 'timestamptz': case 'timestamp_ns': case 'timestamptz_ns': return String(value)
    case 'float': case 'double': return pen.real(value)
    case 'string': return pen.string(value)
    case 'uuid': return pen.string(uuid(value))
    default: throw new Error(`icebird does not tell ${type} values exactly`)
  }
}

function writeNested(type, value, pen) {
  if (type.type === 'list') return `[${value.map(v => write(type.element, v, pen)).join(',')}]`
  if (type.type === 'struct') return writeRow(type.fields, value, pen)
  throw new Error(`icebird does not tell ${type.type} values exactly`)
}

function writeRow(fields, row, pen) {
  return `{${fields.map(f => `${pen.string(f.name)}:${write(f.type, row[f.name], pen)}`).join(',')}}`
}

// hyparquet hands decimals over as doubles: exact up to 2^53 units of the last place, an error beyond.
function decimal(type, value) {
  const scale = Number(/,\s*(\d+)\)/.exec(type)[1])
  if (Math.abs(value) * 10 ** scale > Number.MAX_SAFE_INTEGER) throw new Error(`${value} is not exact as ${type}`)
  return value.toFixed(scale)
}

function uuid(bytes) {
  return Buffer.from(bytes).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

// Two 32-bit lanes over UTF-16 units, added up over all texts; TableDigest.java does the same.
class Checksum {
  high = 0
  low = 0

  add(text) {
    let high = 0x811c9dc5 | 0
    let low = 0x9747b28c | 0
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      high = Math.imul(high ^ unit, 0x01000193)
      low = Math.imul(low ^ unit, 0x5bd1e995)
      low ^= low >>> 15
    }
    this.high = this.high + mix(high ^ low) | 0
    this.low = this.low + mix(low) | 0
  }

  toString() {
    return [this.high, this.low].map(lane => (lane >>> 0).toString(16).padStart(8, '0')).join('')
  }
}

// The finalizer of MurmurHash3.
function mix(lane) {
  lane = Math.imul(lane ^ lane >>> 16, 0x85ebca6b)
  lane = Math.imul(lane ^ lane >>> 13, 0xc2b2ae35)
  return lane ^ lane >>> 16
}

function digest(fields, rows) {
  const whole = new Checksum()
  const columns = fields.map(() => ({ nulls: 0, checksum: new Checksum() }))
  for (const row of rows) {
    const texts = fields.map(f => write(f.type, row[f.name], CHECKSUM_PEN))
    texts.forEach((text, i) => text === 'null' ? columns[i].nulls++ : columns[i].checksum.add(text))
    whole.add(texts.join(','))
  }
  const byName = columns.map(({ nulls, checksum }, i) => [fields[i].name, { nulls, checksum: String(checksum) }])
  return { rows: rows.length, checksum: String(whole), columns: Object.fromEntries(byName) }
}

async function liveFiles(metadata) {
  if (!(metadata['current-snapshot-id'] > 0)) return []
  const manifests = await icebergManifests(metadata)
  return manifests.flatMap(m => m.entries).filter(e => e.status !== 2).map(e => e.data_file)
}

async function readRows(tableUrl, metadata) {
  const files = await liveFiles(metadata)
  const data = files.filter(f => !f.content)
  if (data.length === 0) return [] // icebird refuses a table without data files; for us it has no rows
  if (metadata['format-version'] < 3) return icebergRead({ tableUrl, metadata })
  const vectors = await readVectors(files.filter(f => f.content))
  const rows = []
  for (const { file_path } of data) {
    const bytes = await readFile(local(file_path))
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
    const gone = vectors.get(file_path)
    const all = await parquetReadObjects({ file, compressors })
    all.forEach((row, i) => gone?.has(i) || rows.push(row))
  }
  const known = new Set(data.map(f => f.file_path))
  for (const path of vectors.keys()) if (!known.has(path)) throw new Error(`a vector for ${path}, which is not live`)
  return rows
}

// One vector a data file, each in a part of a Puffin file.
async function readVectors(files) {
  await roaringLibraryInitialize?.()
  const vectors = new Map()
  for (const f of files) {
    if (String(f.file_format).toLowerCase() !== 'puffin') throw new Error(`no vector: ${f.file_path}`)
    const blob = await slice(local(f.file_path), Number(f.content_offset), Number(f.content_size_in_bytes))
    const positions = vector(blob)
    if (positions.size !== Number(f.record_count)) throw new Error(`${positions.size} positions for ${f.record_count}`)
    if (vectors.has(f.referenced_data_file)) throw new Error(`two vectors for ${f.referenced_data_file}`)
    vectors.set(f.referenced_data_file, positions)
  }
  return vectors
}

// Puffin spec, "deletion-vector-v1": length, magic, bitmaps by the upper half of the position, checksum.
function vector(blob) {
  const length = blob.readUInt32BE(0)
  if (blob.readUInt32BE(4) !== 0xd1d33964) throw new Error('no deletion vector')
  const body = blob.subarray(4, 4 + length)
  if (crc32(body) !== blob.readUInt32BE(4 + length)) throw new Error('a vector with a wrong checksum')
  const positions = new Set()
  let at = 12
  for (let left = Number(body.readBigInt64LE(4)); left > 0; left--) {
    const upper = body.readUInt32LE(at) * 2 ** 32
    const bitmap = RoaringBitmap32.deserialize(body.subarray(at + 4), 'portable')
    at += 4 + bitmap.getSerializationSizeInBytes('portable')
    for (const lower of bitmap) positions.add(upper + lower)
  }
  return positions
}

const [directory, metadataFileName, mode] = process.argv.slice(2)
const tableUrl = `file:${directory}`
const metadata = await icebergMetadata({ tableUrl, metadataFileName })
const { fields } = metadata.schemas.find(schema => schema['schema-id'] === metadata['current-schema-id'])
const rows = await readRows(tableUrl, metadata)
if (mode === '--rows') {
  for (const row of rows) console.log(writeRow(fields, row, JSON_PEN))
} else {
  console.log(JSON.stringify(digest(fields, rows)))
}
