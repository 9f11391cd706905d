using System.Collections;

namespace Agent.Worker.Hosting;

/// <summary>Names and values that every log line inside carries; readable as text, and as fields for structured logs.</summary>
internal sealed class LogScope(params (string Name, object? Value)[] fields) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => fields.Length;

    public KeyValuePair<string, object?> this[int index] => new(fields[index].Name, fields[index].Value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        fields.Select(field => new KeyValuePair<string, object?>(field.Name, field.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', fields.Select(field => $"{field.Name}={field.Value}"));
}
