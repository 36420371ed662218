/* fuzz: what the fuzz targets share. A target is one function over bytes that somebody else wrote. Built with
 * TWOFOLD_FUZZ, libFuzzer calls it with inputs of its own making; else replay.c calls it with the files of its corpus.
 * What must not happen, whatever the input, ends the process: that is what both look for. */
#ifndef TWOFOLD_TESTS_FUZZ_FUZZ_H
#define TWOFOLD_TESTS_FUZZ_FUZZ_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* The target, and its own way of changing an input, where it has one. libFuzzer calls both. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed);

/* libFuzzer's own way: changes `size` bytes at `data`, which may become `most`. Returns how many they are now. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

/* What holds whatever the input. */
#define FUZZ_HOLDS(expression) ((expression) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #expression))
void fuzz_fail(const char *file, int line, const char *expression) __attribute__((noreturn));

/* A reader either takes the input and sets no error, or refuses it: -1, ERROR_INPUT, and a sentence that is safe to
 * print. Returns whether it took it. */
int fuzz_taken(int result, const struct error *err);

/* What is left of an input. */
struct fuzz_bytes {
    const uint8_t *at;
    size_t left;
};

/* The next byte, 0 behind the end; the next eight as a number. */
uint8_t fuzz_byte(struct fuzz_bytes *bytes);
uint64_t fuzz_number(struct fuzz_bytes *bytes);

/* What comes up to the next NUL or the end, on the heap and no longer than it has to be. */
char *fuzz_string(struct fuzz_bytes *bytes);

/* Write a file into a folder that goes with the process (below TMPDIR); folders in `name` are made. Returns its path,
 * on the heap. */
char *fuzz_file(const char *name, const void *data, size_t length);

#endif
