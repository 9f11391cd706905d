using YamlDotNet.RepresentationModel;

namespace Agent.Tests.Tools;

/// <summary>YAML as the tests look at it: paths into documents.</summary>
internal static class Yaml
{
    internal static IReadOnlyList<YamlNode> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => document.RootNode).Where(root => root is YamlMappingNode)];
    }

    /// <summary>The node at <paramref name="path"/>; null where there is none.</summary>
    internal static YamlNode? Find(this YamlNode node, params string[] path)
    {
        YamlNode? at = node;
        foreach (var key in path)
            at = at is YamlMappingNode mapping && mapping.Children.TryGetValue(key, out var child) ? child : null;
        return at;
    }

    internal static YamlNode At(this YamlNode node, params string[] path) =>
        node.Find(path) ?? throw new KeyNotFoundException($"There is no {string.Join('.', path)} in:\n{node}");

    internal static string Text(this YamlNode node, params string[] path) => Assert.IsType<YamlScalarNode>(node.At(path)).Value ?? "";

    internal static IEnumerable<YamlNode> Items(this YamlNode node, params string[] path) =>
        node.Find(path) is { } found ? Assert.IsType<YamlSequenceNode>(found).Children : [];

    internal static IReadOnlyDictionary<string, YamlNode> Entries(this YamlNode node, params string[] path) =>
        node.Find(path) is { } found
            ? Assert.IsType<YamlMappingNode>(found).Children.ToDictionary(entry => ((YamlScalarNode)entry.Key).Value!, entry => entry.Value, StringComparer.Ordinal)
            : new Dictionary<string, YamlNode>(StringComparer.Ordinal);

    internal static IReadOnlyDictionary<string, string> Labels(this YamlNode node, params string[] path) =>
        node.Entries(path).ToDictionary(entry => entry.Key, entry => ((YamlScalarNode)entry.Value).Value!, StringComparer.Ordinal);
}
