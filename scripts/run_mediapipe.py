"""Reads one video with MediaPipe Pose; started by compare_mediapipe.py.

Runs in an environment of its own, where ChoreAI Live is not installed.
"""

import sys
import time

import cv2
import mediapipe
import numpy as np


def main() -> None:
    """Read a video and write the keypoints of every frame, and the frames and seconds counted."""
    video, result, warm_up, landmarks = sys.argv[1:]
    indices = [int(index) for index in landmarks.split(",")]
    capture = cv2.VideoCapture(video)
    # As its documentation has it for video: people are tracked from frame to frame.
    pose = mediapipe.solutions.pose.Pose(static_image_mode=False, model_complexity=1)
    keypoints = []
    began = time.perf_counter()
    while True:
        more, image = capture.read()
        if not more:
            break
        if len(keypoints) == int(warm_up):
            began = time.perf_counter()
        image.flags.writeable = False
        found = pose.process(cv2.cvtColor(image, cv2.COLOR_BGR2RGB)).pose_landmarks
        height, width = image.shape[:2]
        if found is None:
            keypoints.append(np.full((len(indices), 2), np.nan))
        else:
            points = [found.landmark[index] for index in indices]
            keypoints.append(np.array([(point.x * width, point.y * height) for point in points]))
    seconds = time.perf_counter() - began
    np.savez(
        result,
        keypoints=np.array(keypoints, np.float32),
        frames=len(keypoints) - int(warm_up),
        seconds=seconds,
    )


if __name__ == "__main__":
    main()
