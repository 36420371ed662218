/* packer: compresses bytes (gzip) into base64 as they come, so that neither they nor what they become is in memory
 * twice. */
#ifndef TWOFOLD_REPORT_PAGE_PACKER_H
#define TWOFOLD_REPORT_PAGE_PACKER_H

#include "base/text.h"

#include <stddef.h>

struct packer;

/* Begins one gzip file, appended to `out`, which must outlive the packer. */
struct packer *packer_new(struct text *out);

void packer_add(struct packer *packer, const void *bytes, size_t length);

/* Ends the file and frees the packer. */
void packer_finish(struct packer *packer);

#endif
