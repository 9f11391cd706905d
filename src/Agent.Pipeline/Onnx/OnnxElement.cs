namespace Agent.Pipeline.Onnx;

/// <summary>What a tensor holds: <c>ONNXTensorElementDataType</c> of <c>onnxruntime_c_api.h</c>.</summary>
internal enum OnnxElement
{
    None = 0,
    Float = 1,
    Int64 = 7,
}
