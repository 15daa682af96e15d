"""What models and providers are, in a sentence each."""

from PyQt6.QtCore import QCoreApplication

from choreai_live.speeds import Absence, Choices, PoseChoice, ProviderChoice
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.preferences.choice_rows import Row


def pose_row(choice: PoseChoice) -> Row:
    """Return a pose pipeline as it is shown."""
    translate = QCoreApplication.translate
    family = choice.value.partition(":")[0]
    name, sentence = {
        "blazepose": (
            "MoveNet + BlazePose",
            translate(
                "ModelWords",
                "MoveNet finds the people and BlazePose reads each of them closely: the more "
                "precise of the two that are shipped.",
            ),
        ),
        "movenet": (
            "MoveNet",
            translate(
                "ModelWords",
                "Finds everyone and their keypoints in one go: rougher, and as fast with six "
                "dancers as with one.",
            ),
        ),
    }.get(
        family,
        (
            f"AlphaPose: {choice.added}" if choice.added else "AlphaPose",
            translate(
                "ModelWords",
                "A model you added: slow without a GPU, and steady where dancers cover each other.",
            )
            if choice.added
            else translate("ModelWords", "The model of AlphaPose that was added last."),
        ),
    )
    trouble = None
    if choice.trouble is not None and choice.value == "alphapose":
        trouble = translate(
            "ModelWords",
            "None was added yet: `choreai-live models add alphapose FILE` does it, with a "
            "checkpoint of AlphaPose.",
        )
    elif choice.trouble is not None:
        trouble = spoken(choice.trouble)
    return Row(choice.value, name, sentence, trouble)


def provider_name(value: str) -> str:
    """Return what a provider is called."""
    return {
        "auto": QCoreApplication.translate("ModelWords", "Automatic"),
        "cpu": "CPU",
        "cuda": "CUDA",
        "tensorrt": "TensorRT",
        "openvino": "OpenVINO",
        "directml": "DirectML",
        "coreml": "Core ML",
    }.get(value, value)


def provider_row(choice: ProviderChoice, choices: Choices) -> Row:
    """Return an execution provider as it is shown."""
    translate = QCoreApplication.translate
    sentence = {
        "auto": translate(
            "ModelWords", "An NVIDIA GPU if there is one, else the CPU; here: {name}."
        ).format(name=provider_name(choices.automatic)),
        "cpu": translate("ModelWords", "Every machine has it, and it never fails."),
        "cuda": translate("ModelWords", "The GPU of NVIDIA."),
        "tensorrt": translate(
            "ModelWords",
            "The GPU of NVIDIA, with models built for it, which takes minutes the first time.",
        ),
        "openvino": translate("ModelWords", "Processors and graphics of Intel."),
        "directml": translate("ModelWords", "Any GPU under Windows."),
        "coreml": translate("ModelWords", "GPU and neural engine of a Mac."),
    }.get(choice.value, "")
    return Row(choice.value, provider_name(choice.value), sentence, absence_words(choice))


def absence_words(choice: ProviderChoice) -> str | None:
    """Say why a provider cannot be chosen; None if it can."""
    translate = QCoreApplication.translate
    if choice.absence is Absence.NOT_BUILT:
        return {
            "cuda": translate(
                "ModelWords", "Needs the GPU edition: pip install choreai-live[gpu]."
            ),
            "tensorrt": translate(
                "ModelWords", "Needs the GPU edition: pip install choreai-live[gpu]."
            ),
            "openvino": translate("ModelWords", "Needs the package onnxruntime-openvino."),
            "directml": translate(
                "ModelWords", "Needs Windows, and the package onnxruntime-directml."
            ),
            "coreml": translate("ModelWords", "Needs a Mac."),
        }.get(
            choice.value,
            translate("ModelWords", "The installed ONNX Runtime was built without it."),
        )
    if choice.absence is Absence.NO_GPU:
        return translate("ModelWords", "No NVIDIA GPU was found, or no driver for it.")
    return None
