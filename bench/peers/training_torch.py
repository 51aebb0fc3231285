"""Training speed of PyTorch on the networks of lib/models: prints a JSON line for each line that it reads.

    echo | python bench/peers/training_torch.py --model cnn --threads 1 --seconds 4 [--channels-last]

Batch 32 of [1, 64, 128], cross-entropy, Adam: the same work as one step of the engine ort.
"""

import argparse

import torch
from torch import nn

from speed import answer_each_line

FRAMES, N_MELS, CLASSES = 64, 128, 4


def block(channels, filters, kernel, pool):
    return [
        nn.Conv2d(channels, filters, kernel, padding=kernel // 2, bias=False),
        nn.BatchNorm2d(filters),
        nn.ReLU(),
        pool,
    ]


class Crnn(nn.Module):
    def __init__(self, filters=(16, 32, 64), units=64):
        super().__init__()
        layers, channels, bands = [], 1, N_MELS
        for count in filters:
            layers += block(channels, count, 3, nn.MaxPool2d(2))
            channels, bands = count, bands // 2
        self.maps = nn.Sequential(*layers)
        self.gru = nn.GRU(channels * bands, units, batch_first=True, bidirectional=True)
        self.head = nn.Sequential(nn.Dropout(0.3), nn.Linear(2 * units, CLASSES))

    def forward(self, x):
        maps = self.maps(x)
        steps = maps.permute(0, 2, 3, 1).flatten(2)
        return self.head(self.gru(steps)[0].mean(1))


class Cnn6(nn.Module):
    def __init__(self, filters=(64, 128, 256, 512)):
        super().__init__()
        layers, channels = [], 1
        for count in filters:
            layers += block(channels, count, 5, nn.AvgPool2d(2)) + [nn.Dropout(0.2)]
            channels = count
        self.maps = nn.Sequential(*layers)
        self.head = nn.Linear(channels, CLASSES)

    def forward(self, x):
        over_bands = self.maps(x).mean(3)
        return self.head(over_bands.mean(2) + over_bands.amax(2))


def cnn():
    layers, channels = [], 1
    for count in (16, 32, 64, 128):
        layers += block(channels, count, 3, nn.MaxPool2d(2))
        channels = count
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.3), nn.Linear(channels, CLASSES))


def light_cnn(filters=(32, 64, 128, 128, 256)):
    layers = [nn.Conv2d(1, 16, 3, 2, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
    channels = 16
    for count in filters:
        stride = 2 if count > channels else 1
        layers += [
            nn.Conv2d(channels, channels, 3, stride, 1, groups=channels, bias=False),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.Conv2d(channels, count, 1, bias=False),
            nn.BatchNorm2d(count),
            nn.ReLU(),
        ]
        channels = count
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(channels, CLASSES))


MODELS = {"cnn": cnn, "cnn6": Cnn6, "lightCnn": light_cnn, "crnn": Crnn}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=MODELS, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--inference", action="store_true")
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    layout = torch.channels_last if options.channels_last else torch.contiguous_format
    model = MODELS[options.model]().to(options.device, memory_format=layout)
    x = torch.randn(options.batch, 1, FRAMES, N_MELS).to(options.device, memory_format=layout)
    y = torch.randint(0, CLASSES, (options.batch,)).to(options.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    loss_of = nn.CrossEntropyLoss()

    def train():
        optimizer.zero_grad(set_to_none=True)
        loss_of(model(x), y).backward()
        optimizer.step()
        if options.device == "cuda":
            torch.cuda.synchronize()

    @torch.inference_mode()
    def infer():
        model(x)

    step = infer if options.inference else train
    if options.inference:
        model.eval()
    parameters = sum(p.numel() for p in model.parameters())
    answer_each_line(
        step, count=options.batch, seconds=options.seconds, version=torch.__version__, parameters=parameters
    )


main()
