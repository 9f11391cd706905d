using Agent.Tests.Tools;
using Microsoft.Extensions.Configuration;
using YamlDotNet.RepresentationModel;

namespace Agent.Tests.Helm;

/// <summary>The objects of one rendered chart.</summary>
internal sealed class Release(IReadOnlyList<YamlNode> objects)
{
    internal IReadOnlyList<YamlNode> Objects => objects;

    internal YamlNode Deployment => Single("Deployment");

    internal YamlNode Pod => Deployment.At("spec", "template", "spec");

    internal IReadOnlyDictionary<string, string> PodLabels => Deployment.Labels("spec", "template", "metadata", "labels");

    internal YamlNode Container => Assert.Single(Pod.Items("containers"));

    internal IReadOnlyDictionary<string, YamlNode> Environment => Container.Items("env").ToDictionary(variable => variable.Text("name"), StringComparer.Ordinal);

    internal string AppSettings => Single("ConfigMap").Text("data", "appsettings.json");

    internal IConfigurationRoot Configuration => new ConfigurationBuilder().AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(AppSettings))).Build();

    internal static Release Read(ToolRun run)
    {
        Assert.True(run.ExitCode == 0, run.Everything);
        return new(Yaml.Documents(run.Output));
    }

    internal YamlNode Single(string kind) => Assert.Single(objects, item => item.Text("kind") == kind);

    internal YamlNode? Optional(string kind) => objects.SingleOrDefault(item => item.Text("kind") == kind);

    /// <summary>Every setting with its value, as the worker's configuration keys.</summary>
    internal IEnumerable<KeyValuePair<string, string?>> Settings => Configuration.AsEnumerable().Where(setting => setting.Value is not null);
}
