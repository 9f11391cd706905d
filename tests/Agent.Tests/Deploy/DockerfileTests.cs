using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Agent.Tests.Tools;

namespace Agent.Tests.Deploy;

public sealed partial class DockerfileTests
{
    private static readonly Dockerfile s_file = Dockerfile.Read();

    [Fact]
    public void Stages_InOrder_BringNativePartsBuildAndRun() =>
        Assert.Equal(["native", "build", "worker"], s_file.Stages.Select(stage => stage.Name));

    [Fact]
    public void Images_EachOfThem_CanBeReplacedByAnArgument()
    {
        var arguments = s_file.Preamble.Select(instruction => instruction.Arguments.Split('=')[0]);
        Assert.Equal(arguments.Select(name => $"${{{name}}}").Order(StringComparer.Ordinal), s_file.Stages.Select(stage => stage.Image).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Copy_FromTheContext_TakesWhatIsThereAndNotIgnored()
    {
        var sources = s_file.Stages.SelectMany(stage => stage.All("COPY")).Where(copy => copy.Option("from") is null).SelectMany(copy => copy.Words[..^1]).ToList();
        Assert.NotEmpty(sources);
        Assert.All(sources, source =>
        {
            Assert.True(Path.Exists(Repository.PathOf(source)), $"{source} does not exist in the repository.");
            Assert.False(DockerIgnore.Excludes(source), $"{source} is excluded by .dockerignore.");
        });
    }

    [Fact]
    public void Copy_FromAStage_TakesFromAnEarlierOne()
    {
        for (var i = 0; i < s_file.Stages.Count; i++)
        {
            var earlier = s_file.Stages.Take(i).Select(stage => stage.Name).ToList();
            Assert.All(s_file.Stages[i].All("COPY").Select(copy => copy.Option("from")).OfType<string>(), from => Assert.Contains(from, earlier));
        }
    }

    [Theory]
    [InlineData(".env")]
    [InlineData("deploy/.env")]
    [InlineData("deploy/worker.env")]
    [InlineData(".git/config")]
    [InlineData("native/node_modules/x")]
    [InlineData("src/Agent.Worker/bin/Release/x.dll")]
    [InlineData("src/Agent.Worker/obj/project.assets.json")]
    [InlineData("tests/Agent.Tests/Agent.Tests.csproj")]
    public void Context_WhatIsSecretOrBuilt_StaysOut(string path) => Assert.True(DockerIgnore.Excludes(path));

    [Fact]
    public void Build_FilesThatEveryProjectReads_AreAllThere()
    {
        var copied = s_file.Stages[1].All("COPY").Where(copy => copy.Option("from") is null).SelectMany(copy => copy.Words[..^1]);
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { ".editorconfig", "BannedSymbols.txt", "Directory.Build.props", "Directory.Packages.props", "global.json", "src" },
            copied.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Publish_TheProject_ExistsAndItsOutputIsWhatRuns()
    {
        var publish = Publish().Match(Runs(s_file.Stages[1]));
        Assert.True(File.Exists(Repository.PathOf(publish.Groups["project"].Value)), publish.Groups["project"].Value);
        var copy = Assert.Single(s_file.LastStage.All("COPY"), item => item.Option("from") == "build");
        Assert.Equal(publish.Groups["output"].Value, copy.Words[0]);

        var entry = JsonSerializer.Deserialize<string[]>(s_file.LastStage.Single("ENTRYPOINT"))!;
        Assert.Equal([$"{s_file.LastStage.Single("WORKDIR")}/{Path.GetFileNameWithoutExtension(publish.Groups["project"].Value)}"], entry);
        Assert.Equal("start", Assert.Single(JsonSerializer.Deserialize<string[]>(s_file.LastStage.Single("CMD"))!));
    }

    [Fact]
    public void Publish_NativeParts_AreThoseThatTheProjectsBring()
    {
        var brought = new[] { "Agent.LiveKit", "Agent.Pipeline", "Agent.Providers", "Agent.Worker" }
            .SelectMany(project => XDocument.Load(Repository.PathOf("src", project, $"{project}.csproj")).Descendants("None"))
            .Select(item => item.Attribute("Link")?.Value).OfType<string>().Where(link => link.StartsWith("native/", StringComparison.Ordinal));
        var verified = Verified().Matches(Runs(s_file.Stages[1])).Select(match => match.Groups["file"].Value);
        Assert.Equal(brought.Order(StringComparer.Ordinal), verified.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Runtime_User_IsANumberAndNotRoot() => Assert.Matches("^[1-9][0-9]{3,}:[1-9][0-9]{3,}$", s_file.LastStage.Single("USER"));

    [Fact]
    public void Runtime_Variables_AreOnesThatTheWorkerKnows()
    {
        var names = s_file.LastStage.All("ENV").SelectMany(instruction => instruction.Words).Select(word => word.Split('=')[0]).ToList();
        Assert.Contains("Health__Address", names);
        Assert.All(names, name => Assert.True(WorkerSettings.KnowsVariable(name), $"The worker knows no variable {name}."));
    }

    [Fact]
    public void Runtime_HealthPort_IsTheOneThatIsExposed()
    {
        var port = Assert.Single(s_file.LastStage.All("ENV").SelectMany(instruction => instruction.Words), word => word.StartsWith("Health__Port=", StringComparison.Ordinal));
        Assert.Equal(port.Split('=')[1], s_file.LastStage.Single("EXPOSE"));
    }

    [Fact]
    public void Runtime_HealthCheck_RunsTheScriptThatWasCopied()
    {
        var command = HealthCommand().Match(s_file.LastStage.Single("HEALTHCHECK")).Groups["path"].Value;
        var copy = Assert.Single(s_file.LastStage.All("COPY"), item => item.Words[0] == "deploy/healthcheck");
        Assert.Equal("0555", copy.Option("chmod"));
        Assert.Equal($"{s_file.LastStage.Single("WORKDIR")}/healthcheck", command);
    }

    [Fact]
    public void Runtime_EnginePackages_AreThoseThatADeveloperInstalls()
    {
        var packages = s_file.LastStage.Single("ARG").Split('=', 2)[1].Trim('"').Split(' ');
        var installed = Needed().Matches(Repository.Text("scripts", "prepare.sh")).Select(match => match.Groups["package"].Value).ToList();
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains(package, installed));
    }

    private static string Runs(DockerStage stage) => string.Join('\n', stage.All("RUN").Select(run => run.Arguments));

    [GeneratedRegex(@"dotnet publish (?<project>\S+\.csproj) .*--output (?<output>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Publish();

    [GeneratedRegex(@"test -s /app/(?<file>native/\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Verified();

    [GeneratedRegex(@"CMD \[""(?<path>[^""]+)""\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HealthCommand();

    [GeneratedRegex(@"need_debian (?<package>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Needed();
}
