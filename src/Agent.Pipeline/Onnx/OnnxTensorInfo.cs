namespace Agent.Pipeline.Onnx;

/// <summary>What a model says about one of its inputs or outputs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Element">What it holds; none when it is no tensor.</param>
/// <param name="Shape">Its dimensions; those that may be anything are negative.</param>
internal sealed record OnnxTensorInfo(string Name, OnnxElement Element, long[] Shape)
{
    public override string ToString() =>
        $"{Name}: {(Element == OnnxElement.None ? "no tensor" : Element.ToString())}[{string.Join(", ", Shape.Select(d => d < 0 ? "?" : d.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]";
}
