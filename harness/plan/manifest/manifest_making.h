/* manifest_making: the part of a backend.json that says how a service is built and run, and what that leaves. */
#ifndef TWOFOLD_PLAN_MANIFEST_MANIFEST_MAKING_H
#define TWOFOLD_PLAN_MANIFEST_MANIFEST_MAKING_H

#include "base/json.h"
#include "plan/manifest/manifest.h"

/* Reads tools, build, run, environment, artifacts, runtime, lock, dependencies, sources and change, of which none has
 * to be there. What was read before an error stays in the manifest, for the caller's release. */
int manifest_making_read(struct manifest *manifest, const struct json_at *top, struct error *err);

/* A command that need not be there. */
int manifest_making_command(const struct json_at *top, const char *key, struct command *command, struct error *err);

#endif
