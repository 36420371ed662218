/* Manifests: the input is fuzz/backend.json. */
#include "base/file.h"
#include "fuzz.h"
#include "json_change.h"
#include "plan/manifest/manifest.h"

#include <stdlib.h>
#include <string.h>

static void check_command(const struct command *command)
{
    FUZZ_HOLDS(command->argv != NULL && command->argv[0] != NULL && command->argv[0][0] != '\0');
    FUZZ_HOLDS(strchr(command->argv[0], '/') == NULL || file_is_inside(command->argv[0]));
}

static void check_paths(char *const *paths)
{
    FUZZ_HOLDS(paths == NULL || paths[0] != NULL);
    for (; paths != NULL && *paths != NULL; paths++) {
        FUZZ_HOLDS(file_is_inside(*paths));
    }
}

static void check(const struct manifest *manifest)
{
    FUZZ_HOLDS(strcmp(manifest->name, "fuzz") == 0);
    FUZZ_HOLDS(manifest->class != NULL && manifest->ready != NULL && manifest->ready[0] == '/');
    if (manifest->verify.argv != NULL) {
        check_command(&manifest->verify);
    }
    check_command(&manifest->run);
    for (size_t i = 0; i < manifest->build_count; i++) {
        check_command(&manifest->build[i]);
    }
    for (size_t i = 0; i < manifest->tool_count; i++) {
        const struct tool *tool = &manifest->tools[i];
        FUZZ_HOLDS(strchr(tool->name, '/') == NULL);
        check_command(&tool->version);
        FUZZ_HOLDS(manifest_compare_versions(tool->least, tool->least) == 0);
    }
    check_paths(manifest->artifacts);
    check_paths(manifest->sources);
    FUZZ_HOLDS(manifest->lock == NULL || file_is_inside(manifest->lock));
    FUZZ_HOLDS(manifest->operations == NULL || manifest->operations[0] != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *folder = fuzz_file("fuzz/backend.json", data, size);
    struct manifest manifest;
    struct error err = {0};

    *strrchr(folder, '/') = '\0';
    if (fuzz_taken(manifest_read(&manifest, folder, &err), &err)) {
        check(&manifest);
        manifest_release(&manifest);
    }
    free(folder);
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed)
{
    static const char *const strings[] = {"schema", "name",  "language", "framework", "class", "why",     "contract",
                                          "tools",  "build", "run",      "artifacts", "lock",  "sources", "version",
                                          "least",  "fuzz",  "tuned",    "../x",      "ready", "verify",  "/up",
                                          "/bin/x", "bin/x", "1.25",     NULL};
    return json_change_bytes(data, size, most, strings, seed);
}
