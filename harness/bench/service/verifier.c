#include "bench/service/verifier.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "host/process/process.h"

#include <string.h>

#define VERIFIER_TIMEOUT_NS (4 * 60 * CLOCK_SECOND_NS)

/* How much of its output is shown, in bytes. */
#define OUTPUT_SHOWN 1500

static char *fault_of(const struct command *command, const struct process_result *result)
{
    struct text text = {0};
    size_t length = strlen(result->output);
    const char *shown = result->output + (length > OUTPUT_SHOWN ? length - OUTPUT_SHOWN : 0);

    text_add(&text, "its verifier, ");
    child_describe(command->argv, &text);
    text_add(&text, ", ");
    process_describe(result, &text);
    text_format(&text, "; its last output: %s", shown[0] != '\0' ? shown : "(none)");
    return text_take(&text);
}

int verifier_run(const struct verifier_options *options, char **ret_fault, struct error *err)
{
    const struct manifest *manifest = options->manifest;
    struct process_options process = {
        .child = {.argv = manifest->verify.argv,
                  .folder = manifest->folder,
                  .environment = {.named = manifest->environment, .given = options->variables}},
        .timeout_ns = VERIFIER_TIMEOUT_NS,
        .stop = options->stop,
    };
    struct process_result result;
    struct error why = {0};

    if (process_run(&process, &result, &why) != 0) {
        if (why.kind == ERROR_STOPPED) {
            return error_stopped(err);
        }
        *ret_fault = mem_format("its verifier: %s", why.message);
        return 0;
    }
    *ret_fault = process_succeeded(&result) ? NULL : fault_of(&manifest->verify, &result);
    process_result_release(&result);
    return 0;
}
