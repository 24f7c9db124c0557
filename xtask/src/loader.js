// Loads the chunks: each piece once, all pieces of a chunk at the same time. A piece that could not be loaded is
// asked for again the next time.
import { initSync } from "./assent.js";

const pieces = new Map();

function piece(file) {
    if (!pieces.has(file)) {
        const imports = { __wasm_split: initSync(), assent: initSync() };
        const loading = WebAssembly.instantiateStreaming(fetch(new URL(file, import.meta.url)), imports);
        loading.catch(() => pieces.delete(file));
        pieces.set(file, loading);
    }
    return pieces.get(file);
}

function chunk(files) {
    return async (callback, data) => {
        let loaded = true;
        try {
            await Promise.all(files.map(piece));
        } catch (error) {
            console.error(error);
            loaded = false;
        }
        initSync().__indirect_function_table.get(callback)(data, loaded);
    };
}

