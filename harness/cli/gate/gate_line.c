#include "gate/gate_line.h"

#include "command.h"
#include "gate/github.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

int gate_line_read(const struct arguments_list *texts, struct run_condition **ret_conditions, struct error *err)
{
    struct run_condition *conditions = NULL;

    if (texts != NULL && texts->count > 0) {
        conditions = mem_new(texts->count, sizeof *conditions);
    }
    for (size_t i = 0; conditions != NULL && i < texts->count; i++) {
        if (run_condition_read(&conditions[i], texts->items[i], err) != 0) {
            free(conditions);
            return -1;
        }
    }
    *ret_conditions = conditions;
    return 0;
}

int gate_line_check(const struct arguments_list *texts, struct error *err)
{
    struct run_condition *conditions;

    if (gate_line_read(texts, &conditions, err) != 0) {
        return -1;
    }
    free(conditions);
    return 0;
}

void gate_line_say(const char *condition, enum condition_outcome outcome, const char *words)
{
    const char *phrase = gate_outcome_phrase(outcome);

    fprintf(stderr, "twofold: --fail-if %s %s:\n%s", condition, phrase, words);
    if (outcome != CONDITION_CLEAR) {
        struct text title = {0};
        text_format(&title, "--fail-if %s %s", condition, phrase);
        github_annotate(outcome == CONDITION_HELD ? "error" : "warning", title.data, words);
        text_release(&title);
    }
}

void gate_line_say_all(const struct gate *gate)
{
    for (size_t i = 0; i < gate->count; i++) {
        const struct gate_verdict *verdict = &gate->verdicts[i];
        struct text line = {0};
        if (verdict->backend != NULL) {
            text_format(&line, "%s: ", verdict->backend->record->name);
        }
        text_format(&line, "%s\n", verdict->words);
        gate_line_say(verdict->condition->text, verdict->outcome, line.data);
        text_release(&line);
    }
}

int gate_line_status(enum condition_outcome worst)
{
    static const int statuses[] = {
        [CONDITION_CLEAR] = EXIT_FINE, [CONDITION_NOT_JUDGED] = EXIT_NOT_VALID, [CONDITION_HELD] = EXIT_HELD};
    return statuses[worst];
}
