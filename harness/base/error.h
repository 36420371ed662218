/* error: what went wrong, as one sentence for a person.
 *
 * A function that can fail takes a `struct error *` last and returns 0 or -1. The first cause wins: once an error is
 * set, later causes are ignored, and callers on the way up only put context in front of it. Only cli/ prints one. */
#ifndef TWOFOLD_BASE_ERROR_H
#define TWOFOLD_BASE_ERROR_H

enum error_kind {
    ERROR_NONE,
    ERROR_FAILED,  /* it could not be done: exit status 1 */
    ERROR_INPUT,   /* an argument or a file given by the user is wrong: exit status 2 */
    ERROR_STOPPED, /* interrupted by the user: exit status 130 */
};

struct error {
    enum error_kind kind;
    char message[2048];
};

/* No error yet. `= {0}` does the same. */
void error_init(struct error *err);

/* Set the error unless one is set already; both return -1, so that a caller can `return error_failed(err, …)`.
 * `err` may be NULL: then only the -1 is left. A message too long is cut; control characters in it but newline and tab
 * become '?', so that whatever it quotes it can be printed. */
int error_failed(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
int error_input(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
int error_stopped(struct error *err);

/* Put "context: " in front of the message that is set. Returns -1. */
int error_context(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
