/* wrong_response: the first response of a step that was not as its request expects, kept as evidence: what was wrong
 * with it, and the beginning of its body. */
#ifndef TWOFOLD_RECORD_WRONG_RESPONSE_H
#define TWOFOLD_RECORD_WRONG_RESPONSE_H

#include <stddef.h>
#include <stdint.h>

/* How many bytes of a body, or of a JSON value, are kept. */
#define WRONG_RESPONSE_BYTES 200

/* All strings are on the heap and UTF-8. One thing is wrong: it is no HTTP response; or the status; or, where that is
 * as expected, the length of the body, where one is expected; or the JSON member; or what is to be captured is not
 * there. */
struct wrong_response {
    char *request;            /* the name of its request class */
    uint64_t at_ns;           /* clock_now_ns() at which it was whole */
    unsigned status;          /* that came; 0: what came is no HTTP response */
    unsigned expected_status; /* and that was to come; 0: any 2xx */
    double expected_bytes;    /* the length that its body should have; NAN: none, or that is not what is wrong */
    char *member;             /* the top-level JSON member that is wrong; NULL: that is not what is wrong */
    char *expected_value;     /* its value as JSON; NULL as `member` is */
    char *came_value;         /* NULL: the body has no such member, or is no JSON object */
    char *unreadable;    /* why what came is no HTTP response, or why its body was not looked into for the member: a
                          * phrase;    NULL: it was read, or the file is older */
    char *capture;       /* what a session should have captured from it and could not: "{token} from /access_token";
                          * then `unreadable` says why; NULL: that is not what is wrong */
    uint64_t body_bytes; /* the length of the whole body */
    char *body;          /* its beginning */
};

/* The first bytes of `data` as a string that can be kept: what is no UTF-8, and NUL, become U+FFFD, no character is cut
 * in two, and secrets are cut out (base/secret.h). The caller frees it. NULL and a length of 0 give "". */
char *wrong_response_excerpt(const char *data, size_t length);

/* A copy on the heap; NULL gives NULL. */
struct wrong_response *wrong_response_copy(const struct wrong_response *wrong);
void wrong_response_free(struct wrong_response *wrong); /* NULL is fine */

#endif
