/* places: where scenarios, backends and results are: in the folders of the tree that the program is run in. */
#ifndef TWOFOLD_CLI_PLACES_H
#define TWOFOLD_CLI_PLACES_H

#include "base/error.h"
#include "plan/manifest/manifest.h"
#include "plan/scenario/scenario.h"

#include <stddef.h>

/* Read the scenario called `name` from scenarios/, or the file of that path when there is a slash or ".json" in it. */
int places_scenario(const char *name, struct scenario *ret_scenario, struct error *err);

/* The names of all in scenarios/, sorted, NULL-terminated; free with file_list_free. */
int places_scenarios(char ***ret_names, struct error *err);

/* The backends of `wanted` ("go,rust"; NULL: all but the reference service), in the order of their names. An unknown
 * one is refused with the known ones. Free them with places_free. */
int places_backends(const char *wanted, struct manifest **ret_manifests, size_t *ret_count, struct error *err);
void places_free(struct manifest *manifests, size_t count);

/* The reference service; -1 without an error when the tree has none. */
int places_reference(struct manifest *ret_manifest);

/* "results/SCENARIO-20260131T120000Z.jsonl" on the heap: a new name for a run that begins now. */
char *places_new_result(const char *scenario);

/* The newest run log in results/, on the heap; NULL when there is none. */
char *places_newest_result(void);

#endif
