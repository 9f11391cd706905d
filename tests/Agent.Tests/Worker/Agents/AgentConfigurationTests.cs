using Agent.Pipeline.Errors;
using Agent.Worker.Agents;
using Agent.Worker.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Agent.Tests.Worker.Agents;

public class AgentConfigurationTests
{
    [Fact]
    public void Names_NoAgent_SaysHowToConfigureOne()
    {
        var error = Assert.Throws<ConfigurationException>(() => Services([]).GetRequiredService<AgentConfiguration>().Names);
        Assert.Contains("--agent-name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_CodeAndConfiguration_AreAllThereOnce()
    {
        var services = Services(
            new(StringComparer.Ordinal) { ["Agents:clerk:SpeechToText"] = "x/y", ["Agents:guide:SpeechToText"] = "x/y" },
            services => services.AddAgent("clerk"));
        Assert.Equal(["clerk", "guide"], services.GetRequiredService<AgentConfiguration>().Names);
    }

    [Fact]
    public void Options_ConfigurationOverridesCode_AndTheShortSectionBoth()
    {
        var services = Services(
            new(StringComparer.Ordinal)
            {
                ["Agents:clerk:LanguageModel"] = "from/section",
                ["Agents:clerk:TextToSpeech"] = "from/section",
                ["Agents:clerk:Session:Turns:Endpointing:MinDelay"] = "00:00:00.3",
                ["Agent:TextToSpeech"] = "from/short",
            },
            services => services.AddAgent("clerk", agent =>
            {
                agent.SpeechToText = "from/code";
                agent.LanguageModel = "from/code";
                agent.TextToSpeech = "from/code";
            }));
        var agent = services.GetRequiredService<IOptionsMonitor<AgentOptions>>().Get("clerk");
        Assert.Equal("from/code", agent.SpeechToText);
        Assert.Equal("from/section", agent.LanguageModel);
        Assert.Equal("from/short", agent.TextToSpeech);
        Assert.Equal(TimeSpan.FromSeconds(0.3), agent.Session.Turns.Endpointing.MinDelay);
    }

    [Fact]
    public void Names_ShortSectionWithoutNameAndNoOtherAgent_JoinsEveryRoom()
    {
        var services = Services(new(StringComparer.Ordinal) { ["Agent:SpeechToText"] = "x/y" });
        Assert.Equal([""], services.GetRequiredService<AgentConfiguration>().Names);
        Assert.Equal("x/y", services.GetRequiredService<IOptionsMonitor<AgentOptions>>().Get("").SpeechToText);
    }

    [Fact]
    public void Names_ShortSectionWithoutNameAndTwoAgents_AsksForTheName()
    {
        var services = Services(new(StringComparer.Ordinal) { ["Agent:SpeechToText"] = "x/y" }, services => services.AddAgent("clerk").AddAgent("guide"));
        var error = Assert.Throws<ConfigurationException>(() => services.GetRequiredService<AgentConfiguration>().Names);
        Assert.Contains("clerk, guide", error.Message, StringComparison.Ordinal);
        Assert.Contains("--agent-name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_ShortSectionNamesOneOfTwo_LeavesTheOtherAlone()
    {
        var services = Services(
            new(StringComparer.Ordinal) { ["Agent:Name"] = "guide", ["Agent:Instructions"] = "Show the way." },
            services => services.AddAgent("clerk").AddAgent("guide"));
        var options = services.GetRequiredService<IOptionsMonitor<AgentOptions>>();
        Assert.Equal("", options.Get("clerk").Instructions);
        Assert.Equal("Show the way.", options.Get("guide").Instructions);
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings, Action<IServiceCollection>? add = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging();
        services.AddAgentWorker();
        add?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
