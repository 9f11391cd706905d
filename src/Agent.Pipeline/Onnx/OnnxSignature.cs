namespace Agent.Pipeline.Onnx;

/// <summary>Reads what a loaded model takes and gives.</summary>
internal static unsafe class OnnxSignature
{
    internal static OnnxTensorInfo[] Inputs(OnnxRuntime runtime, OnnxHandle session) => Read(runtime, session, runtime.InputNames(session), OrtFunction.SessionGetInputTypeInfo);

    internal static OnnxTensorInfo[] Outputs(OnnxRuntime runtime, OnnxHandle session) => Read(runtime, session, runtime.OutputNames(session), OrtFunction.SessionGetOutputTypeInfo);

    private static OnnxTensorInfo[] Read(OnnxRuntime runtime, OnnxHandle session, string[] names, OrtFunction function)
    {
        var result = new OnnxTensorInfo[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            nint pointer;
            runtime.Check(((delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint>)runtime[function])(session.DangerousGetHandle(), (nuint)i, &pointer));
            using var type = runtime.Own(pointer, OrtFunction.ReleaseTypeInfo);

            // The tensor's part belongs to the type and is null for sequences and maps.
            nint tensor;
            runtime.Check(((delegate* unmanaged[Cdecl]<nint, nint*, nint>)runtime[OrtFunction.CastTypeInfoToTensorInfo])(pointer, &tensor));
            result[i] = tensor == 0 ? new OnnxTensorInfo(names[i], OnnxElement.None, []) : new OnnxTensorInfo(names[i], Element(runtime, tensor), Shape(runtime, tensor));
        }

        return result;
    }

    private static OnnxElement Element(OnnxRuntime runtime, nint tensor)
    {
        int element;
        runtime.Check(((delegate* unmanaged[Cdecl]<nint, int*, nint>)runtime[OrtFunction.GetTensorElementType])(tensor, &element));
        return (OnnxElement)element;
    }

    private static long[] Shape(OnnxRuntime runtime, nint tensor)
    {
        nuint rank;
        runtime.Check(((delegate* unmanaged[Cdecl]<nint, nuint*, nint>)runtime[OrtFunction.GetDimensionsCount])(tensor, &rank));
        var shape = new long[(int)rank];
        fixed (long* dimensions = shape)
            runtime.Check(((delegate* unmanaged[Cdecl]<nint, long*, nuint, nint>)runtime[OrtFunction.GetDimensions])(tensor, dimensions, rank));
        return shape;
    }
}
