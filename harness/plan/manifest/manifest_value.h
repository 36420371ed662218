/* manifest_value: the kinds of values that a backend.json has, each read from its place and copied to the heap. What
 * is wrong is ERROR_INPUT, with the file, the line and the key path. */
#ifndef TWOFOLD_PLAN_MANIFEST_MANIFEST_VALUE_H
#define TWOFOLD_PLAN_MANIFEST_MANIFEST_VALUE_H

#include "base/json.h"
#include "plan/manifest/manifest.h"

/* Reads one text into `*text`. */
typedef int manifest_value_read(const struct json_at *at, char **text, struct error *err);

/* A text without control characters; any text; a path below the backend's folder; the path of a URL, which begins with
 * "/"; "NAME" or "NAME=value" of an environment variable that the harness does not give itself. */
manifest_value_read manifest_value_line, manifest_value_word, manifest_value_path, manifest_value_url_path,
    manifest_value_variable;

/* An array of 1 to 256 of them, NULL-terminated. What was read so far stays in `*list`, for the caller's release. */
int manifest_value_list(const struct json_at *at, manifest_value_read *read, char ***list, struct error *err);

/* The member `key`, which need not be there: `*text` and `*list` are left as they are then. */
int manifest_value_find(const struct json_at *at, const char *key, manifest_value_read *read, char **text,
                        struct error *err);
int manifest_value_find_list(const struct json_at *at, const char *key, manifest_value_read *read, char ***list,
                             struct error *err);

/* An array of words whose first is a program on PATH or below the backend's folder; and one that is the member `key`,
 * which must be there. */
int manifest_value_command(const struct json_at *at, struct command *command, struct error *err);
int manifest_value_need_command(const struct json_at *at, const char *key, const char *example, struct command *command,
                                struct error *err);

#endif
