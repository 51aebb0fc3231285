"""Training speed of Keras on the networks of lib/models: prints a JSON line for each line that it reads.

    echo | python bench/peers/training_keras.py --model cnn --threads 1 --seconds 4

Batch 32 of [64, 128, 1], cross-entropy, Adam, `train_on_batch` compiled: the same work as one step of the engine ort.
"""

import argparse
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras  # noqa: E402
import numpy  # noqa: E402
import tensorflow  # noqa: E402
from keras import layers  # noqa: E402

from speed import answer_each_line  # noqa: E402

FRAMES, N_MELS, CLASSES = 64, 128, 4


def normalised_relu(x):
    return layers.ReLU()(layers.BatchNormalization(momentum=0.9, epsilon=1e-5)(x))


def block(x, filters, kernel, pool):
    return pool(2)(normalised_relu(layers.Conv2D(filters, kernel, padding="same", use_bias=False)(x)))


def cnn(x):
    for count in (16, 32, 64, 128):
        x = block(x, count, 3, layers.MaxPooling2D)
    return layers.Dropout(0.3)(layers.GlobalAveragePooling2D()(x))


def cnn6(x):
    for count in (64, 128, 256, 512):
        x = layers.Dropout(0.2)(block(x, count, 5, layers.AveragePooling2D))
    x = layers.AveragePooling2D((1, x.shape[2]))(x)
    return layers.Add()([layers.GlobalAveragePooling2D()(x), layers.GlobalMaxPooling2D()(x)])


def light_cnn(x):
    x = normalised_relu(layers.Conv2D(16, 3, strides=2, padding="same", use_bias=False)(x))
    for count in (32, 64, 128, 128, 256):
        stride = 2 if count > x.shape[-1] else 1
        x = normalised_relu(layers.DepthwiseConv2D(3, strides=stride, padding="same", use_bias=False)(x))
        x = normalised_relu(layers.Conv2D(count, 1, use_bias=False)(x))
    return layers.Dropout(0.2)(layers.GlobalAveragePooling2D()(x))


def crnn(x):
    for count in (16, 32, 64):
        x = block(x, count, 3, layers.MaxPooling2D)
    x = layers.Reshape((x.shape[1], x.shape[2] * x.shape[3]))(x)
    x = layers.Bidirectional(layers.GRU(64, return_sequences=True))(x)
    return layers.Dropout(0.3)(layers.GlobalAveragePooling1D()(x))


MODELS = {"cnn": cnn, "cnn6": cnn6, "lightCnn": light_cnn, "crnn": crnn}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=MODELS, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--batch", type=int, default=32)
    options = parser.parse_args()
    tensorflow.config.threading.set_intra_op_parallelism_threads(options.threads)
    tensorflow.config.threading.set_inter_op_parallelism_threads(1)
    inputs = keras.Input((FRAMES, N_MELS, 1))
    model = keras.Model(inputs, layers.Dense(CLASSES)(MODELS[options.model](inputs)))
    model.compile(
        keras.optimizers.Adam(1e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True), jit_compile=False
    )
    x = numpy.random.default_rng(0).standard_normal((options.batch, FRAMES, N_MELS, 1)).astype("float32")
    y = numpy.arange(options.batch) % CLASSES
    answer_each_line(
        lambda: model.train_on_batch(x, y),
        count=options.batch,
        seconds=options.seconds,
        version=keras.__version__,
        parameters=model.count_params(),
    )


main()
