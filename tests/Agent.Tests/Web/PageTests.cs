using Agent.Tests.Tools;

namespace Agent.Tests.Web;

public sealed class PageTests
{
    private const string Remedy = "npm ci --prefix web";

    [Theory]
    [InlineData("check")]
    [InlineData("test")]
    public async Task Page_ItsOwnChecks_Pass(string script)
    {
        Assert.True(Directory.Exists(Repository.PathOf("web", "node_modules")), $"The page's packages are missing. Install them: {Remedy}");
        var run = await ToolRun.StartAsync("see https://nodejs.org, version 20 or newer", "npm", "run", "--prefix", "web", script);
        Assert.True(run.ExitCode == 0, run.Everything);
    }
}
