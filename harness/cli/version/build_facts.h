/* build_facts: what the build says of itself; written at build time (version/facts.cmake). */
#ifndef TWOFOLD_CLI_VERSION_BUILD_FACTS_H
#define TWOFOLD_CLI_VERSION_BUILD_FACTS_H

extern const char build_commit[];  /* "443e9981", "443e9981-dirty" with changes of one's own, "unknown" without git */
extern const char build_options[]; /* "RelWithDebInfo, sanitized" */

#endif
