/* error: what went wrong, as one sentence for people.
 *
 * A function that can fail takes a `struct error *` as its last parameter and returns 0 or -1. The first cause wins:
 * once an error is set, later causes are ignored, and callers only put context in front of it. Only cli/ prints
 * errors. */
#ifndef TWOFOLD_BASE_ERROR_H
#define TWOFOLD_BASE_ERROR_H

enum error_kind {
    ERROR_NONE,
    ERROR_FAILED,  /* it could not be done: exit status 1 */
    ERROR_INPUT,   /* an argument or a file given by the user is wrong: exit status 2 */
    ERROR_STOPPED, /* interrupted by the user: exit status 130 */
};

/* `= {0}` is no error. */
struct error {
    enum error_kind kind;
    char message[2048];
};

/* Set the error unless one is set already. They return -1, so that a caller can write `return error_failed(err, …)`.
 * `err` can be NULL. A message that is too long is cut. What is not safe to show becomes '?' (base/utf8.h, utf8_lines),
 * and secrets are cut out (base/secret.h), so that a message can quote anything and still be printed. */
int error_failed(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
int error_input(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
int error_stopped(struct error *err);

/* Puts "context: " in front of the message. Returns -1. */
int error_context(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
