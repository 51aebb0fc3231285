#!/usr/bin/env bash
# Training on this machine's graphics card, on its processor and, where PyTorch is installed, by PyTorch on the same card:
# a table of examples a second, with what crosses over and what it takes in memory. Under eight minutes.
#
#   bench/card.sh [--minutes 8] [--seconds 1] [--models cnn,cnn6,lightCnn,crnn] [--batches 32,64,128,256,512]
#
# AUSCULT_PYTHON is the Python to ask for PyTorch. A Vulkan that the processor computes does to see that it runs:
#   VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json bench/card.sh --seconds 0 --models lightCnn --batches 4
set -euo pipefail
cd "$(dirname "$0")/.."
DENO=deno
command -v deno >/dev/null || DENO="npx -y deno@2.9.6"
exec $DENO run -q -P=bench bench/card.ts "$@"
