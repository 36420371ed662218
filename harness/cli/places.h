/* places: where scenarios, backends and results are: in folders of the working folder; scenarios and backends also
 * among what is installed beside the program (installed/installed.h), where they are not here. */
#ifndef TWOFOLD_CLI_PLACES_H
#define TWOFOLD_CLI_PLACES_H

#include "base/error.h"
#include "plan/manifest/manifest.h"
#include "plan/scenario/overrides.h"
#include "plan/scenario/scenario.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether the name of a scenario is a path: it contains a slash or ends in ".json". */
bool places_is_path(const char *name);

/* Reads the scenario `name` from scenarios/, here or installed, or from that path when it is one, with the overrides;
 * NULL: none. The caller releases it. */
int places_scenario(const char *name, const struct overrides *overrides, struct scenario *ret_scenario,
                    struct error *err);

/* The same of a scenario whose requests are to be sent: all that they need of the environment is there. */
int places_ready_scenario(const char *name, const struct overrides *overrides, struct scenario *ret_scenario,
                          struct error *err);

/* The names of all scenarios in scenarios/, here or, without that folder, installed, sorted and NULL-terminated. Free
 * them with file_list_free. */
int places_scenarios(char ***ret_names, struct error *err);

/* The name of the folder of the reference service in backends/. */
#define PLACES_REFERENCE "reference"

/* The folder of backends: backends/ here; without it the installed ones (installed_backends). On the heap. */
int places_backends(char **ret_folder, struct error *err);

/* The reference service, of backends/ or installed. Returns -1, without an error, when there is none. */
int places_reference(struct manifest *ret_manifest);

/* A new name for a run that begins now, "results/SCENARIO-20260131T120000Z.jsonl.gz", on the heap. */
char *places_new_result(const char *scenario);

/* Whether the file may be a run log: its name ends in ".jsonl" or ".jsonl.gz", and it is a regular file and not empty.
 * That a name of that ending is none, such as a dangling link, is said on standard error. */
bool places_is_run(const char *path);

/* The run logs in results/, the newest first, NULL-terminated. Free them with file_list_free. */
char **places_results(void);

#endif
