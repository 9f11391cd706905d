using Agent.Tests.Deploy;
using Agent.Tests.Tools;
using Agent.Providers.Settings;
using Agent.Worker.Configuration;
using Microsoft.Extensions.Configuration;

namespace Agent.Tests.Helm;

public sealed class ChartTests(HelmChart chart) : IClassFixture<HelmChart>
{
    public static TheoryData<string> EveryValuesFile => ["minimal", "fixed", "full"];

    [Theory]
    [MemberData(nameof(EveryValuesFile))]
    public async Task Lint_EachValuesFile_IsAccepted(string values)
    {
        var run = await chart.LintAsync(values);
        Assert.True(run.ExitCode == 0, run.Everything);
        Assert.Contains("1 chart(s) linted, 0 chart(s) failed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ValuesFiles_AllOfThem_AreTested() =>
        Assert.Equal(
            EveryValuesFile.Select(row => row.Data).Order(StringComparer.Ordinal),
            Directory.GetFiles(Repository.PathOf("helm", "agent", "ci")).Select(file => Path.GetFileName(file).Replace("-values.yaml", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(EveryValuesFile))]
    public async Task GracePeriod_Always_OutlivesTheWorkersDrain(string values)
    {
        var release = await chart.ReleaseAsync(values);
        var worker = release.Configuration.GetSection(WorkerOptions.Section).Get<WorkerOptions>()!;
        var grace = TimeSpan.FromSeconds(int.Parse(release.Pod.Text("terminationGracePeriodSeconds")));
        // The host's own shutdown takes up to 5 seconds on top of the two.
        Assert.True(grace > worker.DrainTimeout + worker.CloseTimeout + TimeSpan.FromSeconds(5), $"{grace} for a drain of {worker.DrainTimeout} and {worker.CloseTimeout}");
    }

    [Theory]
    [InlineData("minimal", "00:30:00", "00:00:10", 25)]
    [InlineData("fixed", "00:00:00", "00:01:00", 25)]
    [InlineData("full", "1.00:00:00", "00:00:10", 8)]
    public async Task WorkerOptions_FromTheChart_AreWhatTheValuesSayAndWithinTheLimits(string values, string drain, string close, int jobs)
    {
        var release = await chart.ReleaseAsync(values);
        var worker = release.Configuration.GetSection(WorkerOptions.Section).Get<WorkerOptions>()!;
        Assert.Equal((TimeSpan.Parse(drain), TimeSpan.Parse(close), jobs), (worker.DrainTimeout, worker.CloseTimeout, worker.MaxJobs));
        Assert.Empty(SettingsCheck.Failures(worker, WorkerOptions.Section));
    }

    [Theory]
    [MemberData(nameof(EveryValuesFile))]
    public async Task Settings_EachOfThem_IsOneThatTheWorkerKnows(string values)
    {
        var release = await chart.ReleaseAsync(values);
        Assert.NotEmpty(release.Settings);
        Assert.All(release.Settings, setting => Assert.True(WorkerSettings.KnowsKey(setting.Key), $"The worker has no setting {setting.Key}."));
    }

    [Theory]
    [MemberData(nameof(EveryValuesFile))]
    public async Task Environment_EachVariable_IsOneThatTheWorkerKnows(string values)
    {
        var release = await chart.ReleaseAsync(values);
        var own = release.Environment.Keys.Where(name => name is not "PROXY_PASSWORD"); // the user's own, in full-values.yaml
        Assert.All(own, name => Assert.True(WorkerSettings.KnowsVariable(name), $"The worker knows no variable {name}."));
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET", "Health__Address", "Health__Port" }, release.Environment.Keys.ToHashSet(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("minimal", 8081)]
    [InlineData("fixed", 8081)]
    [InlineData("full", 9090)]
    public async Task Probes_Always_AskWhereTheWorkerAnswers(string values, int port)
    {
        var release = await chart.ReleaseAsync(values);
        Assert.Equal($"{port}", release.Environment["Health__Port"].Text("value"));
        var named = Assert.Single(release.Container.Items("ports"), item => item.Text("name") == "health");
        Assert.Equal($"{port}", named.Text("containerPort"));
        foreach (var (probe, path) in new[] { ("startupProbe", "/healthz/live"), ("livenessProbe", "/healthz/live"), ("readinessProbe", "/healthz/ready") })
        {
            Assert.Equal("health", release.Container.Text(probe, "httpGet", "port"));
            Assert.Equal(path, release.Container.Text(probe, "httpGet", "path"));
        }
    }

    [Theory]
    [MemberData(nameof(EveryValuesFile))]
    public async Task Secrets_Always_ComeByReference(string values)
    {
        var release = await chart.ReleaseAsync(values);
        Assert.Null(release.Optional("Secret"));
        Assert.All(release.Environment.Where(variable => WorkerSettings.LooksSecret(variable.Key)), variable =>
        {
            Assert.Null(variable.Value.Find("value"));
            Assert.NotNull(variable.Value.Find("valueFrom", "secretKeyRef"));
        });
        Assert.DoesNotContain(release.Settings, setting => WorkerSettings.LooksSecret(setting.Key));
    }

    [Fact]
    public async Task SecretReferences_AsTheValuesSay_NameSecretAndKeys()
    {
        var fixedRelease = await chart.ReleaseAsync("fixed");
        Assert.Equal("livekit-keys", fixedRelease.Environment["LIVEKIT_API_SECRET"].Text("valueFrom", "secretKeyRef", "name"));
        Assert.Equal("secret", fixedRelease.Environment["LIVEKIT_API_SECRET"].Text("valueFrom", "secretKeyRef", "key"));
        var full = await chart.ReleaseAsync("full");
        Assert.Equal(["speech-keys", "model-keys"], full.Container.Items("envFrom").Select(source => source.Text("secretRef", "name")));
    }

    [Theory]
    [MemberData(nameof(EveryValuesFile))]
    public async Task Pod_Always_RunsAsTheImagesUserWithoutPrivileges(string values)
    {
        var release = await chart.ReleaseAsync(values);
        var user = Dockerfile.Read().LastStage.Single("USER");
        Assert.Equal("true", release.Pod.Text("securityContext", "runAsNonRoot"));
        Assert.Equal(user, $"{release.Pod.Text("securityContext", "runAsUser")}:{release.Pod.Text("securityContext", "runAsGroup")}");
        Assert.Equal("RuntimeDefault", release.Pod.Text("securityContext", "seccompProfile", "type"));
        Assert.Equal("false", release.Container.Text("securityContext", "allowPrivilegeEscalation"));
        Assert.Equal("ALL", Assert.Single(release.Container.Items("securityContext", "capabilities", "drop")).ToString());
        Assert.Equal("false", release.Pod.Text("automountServiceAccountToken"));
    }

    [Theory]
    [MemberData(nameof(EveryValuesFile))]
    public async Task FileSystem_Always_IsReadOnlyButForTheCache(string values)
    {
        var release = await chart.ReleaseAsync(values);
        Assert.Equal("true", release.Container.Text("securityContext", "readOnlyRootFilesystem"));
        var mount = Assert.Single(release.Container.Items("volumeMounts"), item => item.Text("mountPath") == "/tmp");
        Assert.Null(mount.Find("readOnly"));
        var volume = Assert.Single(release.Pod.Items("volumes"), item => item.Text("name") == mount.Text("name"));
        Assert.NotNull(volume.Find("emptyDir"));
        Assert.StartsWith("/tmp/", release.Environment["XDG_CACHE_HOME"].Text("value"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryValuesFile))]
    public async Task Settings_Always_LieBesideTheProgram(string values)
    {
        var release = await chart.ReleaseAsync(values);
        var mount = Assert.Single(release.Container.Items("volumeMounts"), item => item.Find("subPath")?.ToString() == "appsettings.json");
        Assert.Equal($"{Dockerfile.Read().LastStage.Single("WORKDIR")}/appsettings.json", mount.Text("mountPath"));
        var volume = Assert.Single(release.Pod.Items("volumes"), item => item.Text("name") == mount.Text("name"));
        Assert.Equal(release.Single("ConfigMap").Text("metadata", "name"), volume.Text("configMap", "name"));
    }

    [Theory]
    [MemberData(nameof(EveryValuesFile))]
    public async Task Selectors_EachOfThem_SelectThePods(string values)
    {
        var release = await chart.ReleaseAsync(values);
        List<IReadOnlyDictionary<string, string>> selectors = [release.Deployment.Labels("spec", "selector", "matchLabels")];
        selectors.AddRange(release.Pod.Items("topologySpreadConstraints").Select(spread => spread.Labels("labelSelector", "matchLabels")));
        if (release.Optional("PodDisruptionBudget") is { } budget)
            selectors.Add(budget.Labels("spec", "selector", "matchLabels"));
        if (release.Optional("NetworkPolicy") is { } policy)
            selectors.Add(policy.Labels("spec", "podSelector", "matchLabels"));
        Assert.All(selectors, selector =>
        {
            Assert.NotEmpty(selector);
            Assert.All(selector, label => Assert.Equal(label.Value, release.PodLabels[label.Key]));
        });
    }

    [Theory]
    [InlineData("minimal", true)]
    [InlineData("fixed", false)]
    [InlineData("full", true)]
    public async Task Autoscaler_WhenEnabled_OwnsTheNumberOfPods(string values, bool enabled)
    {
        var release = await chart.ReleaseAsync(values);
        var autoscaler = release.Optional("HorizontalPodAutoscaler");
        Assert.Equal(enabled, autoscaler is not null);
        Assert.Equal(enabled, release.Deployment.Find("spec", "replicas") is null);
        if (autoscaler is null)
            return;
        Assert.Equal(release.Deployment.Text("apiVersion"), autoscaler.Text("spec", "scaleTargetRef", "apiVersion"));
        Assert.Equal("Deployment", autoscaler.Text("spec", "scaleTargetRef", "kind"));
        Assert.Equal(release.Deployment.Text("metadata", "name"), autoscaler.Text("spec", "scaleTargetRef", "name"));
        Assert.NotEmpty(autoscaler.Items("spec", "metrics"));
        var up = int.Parse(autoscaler.Text("spec", "behavior", "scaleUp", "stabilizationWindowSeconds"));
        var down = int.Parse(autoscaler.Text("spec", "behavior", "scaleDown", "stabilizationWindowSeconds"));
        Assert.True(up < down, "Callers wait for a scale-up; a scale-down can wait.");
    }

    [Fact]
    public async Task Autoscaler_ByCpu_MeasuresAgainstARequestedCpu()
    {
        var release = await chart.ReleaseAsync("minimal");
        Assert.Equal("cpu", Assert.Single(release.Single("HorizontalPodAutoscaler").Items("spec", "metrics")).Text("resource", "name"));
        Assert.NotEmpty(release.Container.Text("resources", "requests", "cpu"));
    }

    [Theory]
    [MemberData(nameof(EveryValuesFile))]
    public async Task Update_Always_TakesNoPodAwayBeforeAnotherIsReady(string values)
    {
        var strategy = (await chart.ReleaseAsync(values)).Deployment.At("spec", "strategy");
        Assert.Equal("RollingUpdate", strategy.Text("type"));
        Assert.Equal("0", strategy.Text("rollingUpdate", "maxUnavailable"));
        Assert.NotEqual("0", strategy.Text("rollingUpdate", "maxSurge"));
    }

    [Fact]
    public async Task Update_WhenASettingChanges_RollsThePods()
    {
        static string Checksum(Release release) => release.Deployment.Text("spec", "template", "metadata", "annotations", "checksum/settings");
        var before = Checksum(await chart.ReleaseAsync("minimal"));
        var after = Checksum(Release.Read(await chart.TemplateAsync("minimal", "--set", "settings.Agents.assistant.Greeting=Hello")));
        var same = Checksum(Release.Read(await chart.TemplateAsync("minimal", "--set", "replicaCount=7")));
        Assert.NotEqual(before, after);
        Assert.Equal(before, same);
    }

    [Fact]
    public async Task ServiceAccount_Created_HoldsNoTokenAndIsTheOneUsed()
    {
        var release = await chart.ReleaseAsync("minimal");
        Assert.Equal("false", release.Single("ServiceAccount").Text("automountServiceAccountToken"));
        Assert.Equal(release.Single("ServiceAccount").Text("metadata", "name"), release.Pod.Text("serviceAccountName"));
        Assert.Equal("media", (await chart.ReleaseAsync("fixed")).Pod.Text("serviceAccountName"));
    }

    [Fact]
    public async Task NetworkPolicy_Enabled_AllowsNamesAndNothingIn()
    {
        var release = Release.Read(await chart.TemplateAsync("minimal", "--set", "networkPolicy.enabled=true"));
        var policy = release.Single("NetworkPolicy");
        Assert.Equal(["Ingress", "Egress"], policy.Items("spec", "policyTypes").Select(type => type.ToString()));
        Assert.Empty(policy.Items("spec", "ingress"));
        Assert.Contains(policy.Items("spec", "egress"), rule => rule.Items("ports").Any(port => port.Text("port") == "53" && port.Text("protocol") == "UDP"));
        Assert.Contains("169.254.169.254/32", policy.At("spec", "egress").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_ByDigest_LeavesTheTagOut()
    {
        Assert.Equal("agent-worker:0.1.0", (await chart.ReleaseAsync("minimal")).Container.Text("image"));
        Assert.StartsWith("registry.example.com/receptionist@sha256:", (await chart.ReleaseAsync("fixed")).Container.Text("image"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("livekit.url=", "livekit.url is required: the address of the LiveKit server")]
    [InlineData("livekit.url=livekit.example.com", "at '/livekit/url': 'livekit.example.com' does not match")]
    [InlineData("livekit.existingSecret=", "livekit.existingSecret is required: the Secret that holds")]
    [InlineData("livekit.apiSecret=abc", "at '/livekit': additional properties 'apiSecret' not allowed")]
    [InlineData("settings.LiveKit.ApiSecret=abc", "settings.LiveKit: use the value livekit")]
    [InlineData("settings.Worker.DrainTimeout=x", "settings.Worker.DrainTimeout: use the value worker.drainTimeoutSeconds")]
    [InlineData("settings.worker.Load=Cpu", "settings.worker: write it as settings.Worker")]
    [InlineData("settings.Vendor.list[0].api_key=abc", "settings.Vendor.list[0].api_key looks like a secret")]
    [InlineData("extraEnv[0].name=OPENAI_API_KEY,extraEnv[0].value=abc", "extraEnv: OPENAI_API_KEY looks like a secret")]
    [InlineData("extraEnv[0].name=Health__Port,extraEnv[0].value=x", "extraEnv: Health__Port is set by the chart: use the value health.port")]
    [InlineData("worker.drainTimeoutSeconds=86401", "at '/worker/drainTimeoutSeconds': maximum: got 86,401, want 86,400")]
    [InlineData("worker.maxJobs=0", "at '/worker/maxJobs': minimum: got 0, want 1")]
    [InlineData("health.port=80", "at '/health/port': minimum: got 80, want 1,024")]
    [InlineData("maxSurge=0", "at '/maxSurge'")]
    [InlineData("autoscaling.minReplicas=21", "autoscaling.minReplicas (21) is over autoscaling.maxReplicas (20)")]
    [InlineData("autoscaling.targetCPUUtilizationPercentage=0", "autoscaling needs something to go by")]
    [InlineData("resources.requests.cpu=null", "percentage of resources.requests.cpu, which is not set")]
    [InlineData("replicas=3", "additional properties 'replicas' not allowed")]
    public async Task Values_ThatCannotWork_AreRefusedWithAReason(string assignment, string reason)
    {
        var run = await chart.TemplateAsync("minimal", "--set", assignment);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", run.Error, StringComparison.Ordinal);
    }
}
