using System.Text;

namespace Agent.Tests.Pipeline.EndOfTurn;

/// <summary>Writes small ONNX models as protocol buffers (onnx.proto, ModelProto), so that no binary lies in the repository.</summary>
internal sealed class OnnxModelBuilder
{
    private const int Float = 1;
    private const int Int64 = 7;

    private readonly MemoryStream _graph = new();

    private OnnxModelBuilder()
    {
    }

    /// <summary>Takes log-mel features as smart-turn v3 does and gives the sigmoid of their mean.</summary>
    internal static byte[] MelMean() => new OnnxModelBuilder()
        .Node("ReduceMean", ["input_features"], "mean", Ints("axes", 1, 2), Int("keepdims", 0))
        .Node("Sigmoid", ["mean"], "logits")
        .Input("input_features", Float, "batch", 80, 800)
        .Output("logits", "batch")
        .Build();

    /// <summary>Takes samples and a mask as smart-turn v2 does and gives the mean square of the samples that the mask lets through.</summary>
    internal static byte[] WavePower() => new OnnxModelBuilder()
        .Node("Cast", ["attention_mask"], "mask", Int("to", Float))
        .Node("Mul", ["input_values", "input_values"], "squares")
        .Node("Mul", ["squares", "mask"], "masked")
        .Node("ReduceMean", ["masked"], "logits", Ints("axes", 1), Int("keepdims", 0))
        .Input("input_values", Float, "batch", "samples")
        .Input("attention_mask", Int64, "batch", "samples")
        .Output("logits", "batch")
        .Build();

    /// <summary>Takes samples alone, of a fixed length, and gives their greatest value: log-odds as a rule.</summary>
    internal static byte[] WavePeak(int samples) => new OnnxModelBuilder()
        .Node("ReduceMax", ["waveform"], "peak", Ints("axes", 1), Int("keepdims", 1))
        .Input("waveform", Float, 1, samples)
        .Output("peak", 1, 1)
        .Build();

    /// <summary>Takes an image and gives it back.</summary>
    internal static byte[] Image() => new OnnxModelBuilder()
        .Node("Identity", ["pixels"], "same")
        .Input("pixels", Float, 1, 3, 224, 224)
        .Output("same", 1, 3, 224, 224)
        .Build();

    /// <summary>Takes features and gives one number for each frame.</summary>
    internal static byte[] MelFrames() => new OnnxModelBuilder()
        .Node("ReduceMean", ["input_features"], "frames", Ints("axes", 1), Int("keepdims", 0))
        .Input("input_features", Float, 1, 80, 800)
        .Output("frames", 1, 800)
        .Build();

    private OnnxModelBuilder Node(string type, string[] inputs, string output, params byte[][] attributes)
    {
        var node = new MemoryStream();
        foreach (var input in inputs)
            Field(node, 1, Encoding.UTF8.GetBytes(input));
        Field(node, 2, Encoding.UTF8.GetBytes(output));
        Field(node, 4, Encoding.UTF8.GetBytes(type));
        foreach (var attribute in attributes)
            Field(node, 5, attribute);
        Field(_graph, 1, node.ToArray());
        return this;
    }

    private OnnxModelBuilder Input(string name, int element, params object[] shape) => Value(11, name, element, shape);

    private OnnxModelBuilder Output(string name, params object[] shape) => Value(12, name, Float, shape);

    private OnnxModelBuilder Value(int field, string name, int element, object[] shape)
    {
        var dimensions = new MemoryStream();
        foreach (var dimension in shape)
        {
            var each = new MemoryStream();
            if (dimension is int size)
                Field(each, 1, size);
            else
                Field(each, 2, Encoding.UTF8.GetBytes((string)dimension));
            Field(dimensions, 1, each.ToArray());
        }

        var tensor = new MemoryStream();
        Field(tensor, 1, element);
        Field(tensor, 2, dimensions.ToArray());
        var type = new MemoryStream();
        Field(type, 1, tensor.ToArray());
        var value = new MemoryStream();
        Field(value, 1, Encoding.UTF8.GetBytes(name));
        Field(value, 2, type.ToArray());
        Field(_graph, field, value.ToArray());
        return this;
    }

    private byte[] Build()
    {
        Field(_graph, 2, "graph"u8.ToArray());
        var operators = new MemoryStream();
        Field(operators, 2, 13);
        var model = new MemoryStream();
        Field(model, 1, 8);
        Field(model, 7, _graph.ToArray());
        Field(model, 8, operators.ToArray());
        return model.ToArray();
    }

    private static byte[] Int(string name, long value)
    {
        var attribute = new MemoryStream();
        Field(attribute, 1, Encoding.UTF8.GetBytes(name));
        Field(attribute, 3, value);
        Field(attribute, 20, 2);
        return attribute.ToArray();
    }

    private static byte[] Ints(string name, params long[] values)
    {
        var attribute = new MemoryStream();
        Field(attribute, 1, Encoding.UTF8.GetBytes(name));
        foreach (var value in values)
            Field(attribute, 8, value);
        Field(attribute, 20, 7);
        return attribute.ToArray();
    }

    private static void Field(MemoryStream stream, int number, long value)
    {
        Varint(stream, number << 3);
        Varint(stream, value);
    }

    private static void Field(MemoryStream stream, int number, byte[] bytes)
    {
        Varint(stream, (number << 3) | 2);
        Varint(stream, bytes.Length);
        stream.Write(bytes);
    }

    private static void Varint(MemoryStream stream, long value)
    {
        for (; value > 127; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }
}
