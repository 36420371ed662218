/* fuzz: what the fuzz targets share. A target is one function that reads bytes from outside. Built with TWOFOLD_FUZZ,
 * libFuzzer calls it with generated inputs; otherwise replay.c calls it with the files of its corpus. A property that
 * does not hold ends the process, which is what both look for. */
#ifndef TWOFOLD_TESTS_FUZZ_FUZZ_H
#define TWOFOLD_TESTS_FUZZ_FUZZ_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* The target and, if it has one, its own mutator. libFuzzer calls both. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed);

/* libFuzzer's default mutator: changes the `size` bytes at `data`, which may grow to `most`. Returns the new size. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

/* Ends the process when the expression is false; it must hold for every input. */
#define FUZZ_HOLDS(expression) ((expression) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #expression))
void fuzz_fail(const char *file, int line, const char *expression) __attribute__((noreturn));

/* Check the contract of a reader: it returns 0 and sets no error, or it returns -1 with ERROR_INPUT and a message that
 * is safe to print. Returns true for 0. */
int fuzz_taken(int result, const struct error *err);

/* The rest of an input. */
struct fuzz_bytes {
    const uint8_t *at;
    size_t left;
};

/* The next byte, and the next eight bytes as a number; 0 after the end. */
uint8_t fuzz_byte(struct fuzz_bytes *bytes);
uint64_t fuzz_number(struct fuzz_bytes *bytes);

/* The bytes up to the next NUL or the end, as a heap string of exactly that length. */
char *fuzz_string(struct fuzz_bytes *bytes);

/* Write a file into a folder below TMPDIR that is removed when the process ends. Folders in `name` are created. Returns
 * the path, which the caller frees. */
char *fuzz_file(const char *name, const void *data, size_t length);

#endif
