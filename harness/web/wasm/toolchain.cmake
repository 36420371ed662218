# Compiles for WebAssembly with Debian's clang, lld and wasi-libc. There is nothing to archive, and nothing that could
# run.
set(CMAKE_SYSTEM_NAME WASI)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_C_COMPILER clang-14)
set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
set(CMAKE_SYSROOT /usr)
set(CMAKE_C_COMPILER_WORKS TRUE)
