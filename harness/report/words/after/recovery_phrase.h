/* recovery_phrase: how a service came back after the ladder, in words. */
#ifndef TWOFOLD_REPORT_WORDS_AFTER_RECOVERY_PHRASE_H
#define TWOFOLD_REPORT_WORDS_AFTER_RECOVERY_PHRASE_H

#include "analysis/finding.h"
#include "base/text.h"

/* Append a sentence with a space before it: " After the load dropped it recovered in 0.9 s; all 96 MiB it had grown by
 * was still held after 5.0 s.". Appends nothing when no recovery was measured, unless the process had ended. */
void recovery_phrase(struct text *out, const struct backend_finding *backend);

/* Append the time to recover: `before` and "0.9 s" when it recovered ("at most 9.1 s" where the first observation was
 * invalid), `before_not` and the time it was watched for
 * when it did not. */
void recovery_phrase_time(struct text *out, const struct recovery_finding *recovery, const char *before,
                          const char *before_not);

#endif
