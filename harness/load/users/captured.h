/* captured: what a user keeps of a response for later requests (plan/traffic/capture.h). */
#ifndef TWOFOLD_LOAD_USERS_CAPTURED_H
#define TWOFOLD_LOAD_USERS_CAPTURED_H

#include "base/text.h"
#include "load/transport/transport.h"
#include "plan/traffic/user_session.h"

/* Why nothing was taken. */
struct captured_fault {
    const struct capture *capture; /* the first that failed; NULL: none did */
    const char *why;               /* a phrase that is never freed */
};

/* Takes all captures of the step out of the response, which came as it is expected, into `kept`, by the indices of
 * traffic.values. The body is parsed, with the memory that takes, only where a member is captured. Numbers, strings,
 * true and false are taken, the latter two as these words; null, arrays and objects count as missing, as does what is
 * empty, too long, or cannot stand in the header or path that it is for. What was taken before the first that failed
 * stays in `kept`. */
struct captured_fault captured_take(const struct session_step *step, const struct response *response,
                                    struct text *kept);

#endif
