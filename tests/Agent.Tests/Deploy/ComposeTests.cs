using System.Text.RegularExpressions;
using Agent.Tests.Tools;
using Agent.Worker.Configuration;
using YamlDotNet.RepresentationModel;

namespace Agent.Tests.Deploy;

public sealed partial class ComposeTests
{
    private static readonly string s_text = Repository.Text("deploy", "compose.yaml");
    private static readonly YamlNode s_file = Assert.Single(Yaml.Documents(s_text));
    private static readonly YamlNode s_livekit = s_file.At("services", "livekit");
    private static readonly YamlNode s_redis = s_file.At("services", "redis");
    private static readonly YamlNode s_worker = s_file.At("services", "worker");

    // Compose puts the variables in before LiveKit reads it.
    private static readonly YamlNode s_livekitConfiguration =
        Assert.Single(Yaml.Documents(DefaultValue().Replace(s_livekit.Text("environment", "LIVEKIT_CONFIG"), match => match.Groups["value"].Value)));

    [Fact]
    public void Services_AllOfThem_AreTheRealOnes()
    {
        Assert.Equal(["redis", "livekit", "worker"], s_file.Entries("services").Keys);
        Assert.Equal("livekit/livekit-server:v1.13.5", s_livekit.Text("image"));
        Assert.StartsWith("redis:", s_redis.Text("image"), StringComparison.Ordinal);
    }

    [Fact]
    public void Worker_Build_NamesWhatExists()
    {
        var context = Path.GetFullPath(Repository.PathOf("deploy", s_worker.Text("build", "context")));
        Assert.Equal(Repository.Root.TrimEnd('/'), context.TrimEnd('/'));
        Assert.True(File.Exists(Path.Combine(context, s_worker.Text("build", "dockerfile"))));
    }

    [Fact]
    public void Worker_Variables_AreOnesThatItKnows()
    {
        var names = s_worker.Entries("environment").Keys.ToList();
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET" }, names.ToHashSet(StringComparer.Ordinal));
        Assert.All(names, name => Assert.True(WorkerSettings.KnowsVariable(name), $"The worker knows no variable {name}."));
    }

    [Fact]
    public void Worker_StopGracePeriod_OutlivesItsDrain()
    {
        var drain = TimeSpan.Parse(s_worker.Text("environment", "Worker__DrainTimeout"));
        var needed = drain + new WorkerOptions().CloseTimeout + TimeSpan.FromSeconds(5);
        Assert.True(Duration(s_worker.Text("stop_grace_period")) > needed, $"{s_worker.Text("stop_grace_period")} for {needed}");
    }

    [Fact]
    public void Worker_Url_IsWhereLiveKitListens()
    {
        Assert.Equal("host", s_livekit.Text("network_mode"));
        var url = new Uri(s_worker.Text("environment", "LIVEKIT_URL"));
        Assert.Equal(s_livekitConfiguration.Text("port"), $"{url.Port}");
        Assert.Contains($"{url.Host}:host-gateway", s_worker.Items("extra_hosts").Select(host => host.ToString()));
    }

    [Fact]
    public void LiveKit_Redis_IsTheOneOfThisFileAndReachableFromThisMachineOnly()
    {
        var published = Assert.Single(s_redis.Items("ports")).ToString().Split(':');
        Assert.Equal("127.0.0.1", published[0]);
        Assert.Equal(s_livekitConfiguration.Text("redis", "address"), $"{published[0]}:{published[1]}");
    }

    [Fact]
    public void LiveKit_HealthCheck_AsksItsOwnPort() =>
        Assert.Equal($"http://127.0.0.1:{s_livekitConfiguration.Text("port")}/", s_livekit.Items("healthcheck", "test").Last().ToString());

    [Fact]
    public void LiveKit_Ports_AreAllDifferent()
    {
        string[] ports = [s_livekitConfiguration.Text("port"), s_livekitConfiguration.Text("rtc", "tcp_port"), s_livekitConfiguration.Text("rtc", "udp_port")];
        Assert.Equal(ports.Length, ports.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Dependencies_ThatHaveToBeHealthy_HaveAHealthCheck()
    {
        var awaited = s_file.Entries("services").Values.SelectMany(service => service.Entries("depends_on")).ToList();
        Assert.NotEmpty(awaited);
        Assert.All(awaited, dependency =>
        {
            Assert.Equal("service_healthy", dependency.Value.Text("condition"));
            Assert.NotNull(s_file.Find("services", dependency.Key, "healthcheck"));
        });
    }

    [Fact]
    public void Services_EachOfThem_IsReadOnlyAndHasNoPrivileges() =>
        Assert.All(s_file.Entries("services").Values, service =>
        {
            Assert.Equal("true", service.Text("read_only"));
            Assert.Equal("ALL", Assert.Single(service.Items("cap_drop")).ToString());
            Assert.Contains("no-new-privileges:true", service.Items("security_opt").Select(option => option.ToString()));
        });

    [Fact]
    public void Worker_Tmp_AllowsCodeToBeMapped()
    {
        var options = Assert.Single(s_worker.Items("tmpfs")).ToString().Split(':');
        Assert.Equal("/tmp", options[0]);
        Assert.Contains("exec", options[1].Split(','));
    }

    [Fact]
    public void Secrets_Always_ComeFromTheEnvironmentFile()
    {
        foreach (var name in new[] { "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET" })
            Assert.StartsWith($"${{{name}:?", s_worker.Text("environment", name), StringComparison.Ordinal);
        var ignored = File.ReadAllLines(Repository.PathOf("deploy", ".gitignore"));
        Assert.Contains(".env", ignored);
        Assert.Contains(Assert.Single(s_worker.Items("env_file")).Text("path"), ignored);
    }

    [Fact]
    public void Variables_EachOfThem_IsExplainedInTheExample()
    {
        var used = Variable().Matches(s_text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal);
        var explained = Example().Matches(Repository.Text("deploy", ".env.example")).Select(match => match.Groups["name"].Value);
        Assert.Equal(used.Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
    }

    private static TimeSpan Duration(string text)
    {
        var match = Time().Match(text);
        Assert.True(match.Success, text);
        var value = int.Parse(match.Groups["value"].Value);
        return match.Groups["unit"].Value switch { "h" => TimeSpan.FromHours(value), "m" => TimeSpan.FromMinutes(value), _ => TimeSpan.FromSeconds(value) };
    }

    [GeneratedRegex(@"^(?<value>\d+)(?<unit>[hms])$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\$\{[A-Z_]+:-(?<value>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DefaultValue();

    [GeneratedRegex(@"^#?(?<name>[A-Z_]+)=", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Example();
}
