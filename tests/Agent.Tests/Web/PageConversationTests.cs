using System.Text.RegularExpressions;
using Agent.Playground;
using Agent.Playground.Web;
using Agent.Tests.EndToEnd;
using Microsoft.Playwright;

namespace Agent.Tests.Web;

/// <summary>The built page in a real browser whose microphone plays a recorded voice, against the embedded server and a worker with real engines.</summary>
[Collection(nameof(RealTime))]
public sealed partial class PageConversationTests
{
    private const string Chromium = "/usr/bin/chromium";
    private const float Patience = 120_000; // milliseconds; the browser, both engines and the other tests share the machine

    [Fact]
    public async Task Page_InARealBrowser_HoldsASpokenAndATypedConversation()
    {
        Assert.True(File.Exists(Chromium), $"{Chromium} is missing. Install it: apt-get install chromium");
        var folder = PageFiles.Find(AppContext.BaseDirectory);
        Assert.True(folder is not null, "The page was not built. Build it: npm ci --prefix web && npm run --prefix web build");
        using var voice = await RecordedVoice.SayAsync("Tell me a long story.");
        await using var stack = await LocalStack.StartAsync(new PlaygroundOptions { Port = 0, WebPort = 0, Check = true }, onEvent: null, CancellationToken.None);
        await using var server = await PageServer.StartAsync(new SessionDesk(stack.Server, stack.AgentName), port: 0, folder, CancellationToken.None);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
                $"--use-file-for-fake-audio-capture={voice.Path}", "--autoplay-policy=no-user-gesture-required",
            ],
        });
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        List<string> errors = [];
        page.PageError += (_, error) => errors.Add(error);

        await page.GotoAsync(server.Address.ToString());
        Assert.Equal("idle", await page.GetAttributeAsync("body", "data-phase"));
        await page.ClickAsync("#talk");
        await page.WaitForSelectorAsync("body[data-phase=talking][data-microphone=on]");
        // The microphone is still silent: what moves the picture is the agent's voice as the page receives it.
        await page.WaitForFunctionAsync("document.body.dataset.agentState === 'speaking' && parseFloat(document.getElementById('orb').style.getPropertyValue('--level')) > 0.1");
        await Caption(page, "agent", Greeting()).WaitForAsync();

        await Caption(page, "user", Story()).WaitForAsync();
        await Caption(page, "agent", StoryBegins(), mayGrow: true).WaitForAsync();
        await page.WaitForSelectorAsync("body[data-agent-state=speaking]");

        await page.FillAsync("#text", "What time is it?");
        await page.PressAsync("#text", "Enter");
        await Caption(page, "user", Typed()).WaitForAsync();
        await Caption(page, "agent", Time()).WaitForAsync();

        await page.ClickAsync("#talk");
        await page.WaitForSelectorAsync("body[data-phase=idle][data-microphone=off]");
        Assert.False(await page.IsVisibleAsync("#problem"));
        Assert.Empty(errors);
    }

    private static ILocator Caption(IPage page, string speaker, Regex text, bool mayGrow = false) =>
        page.Locator($"#captions > li[data-speaker={speaker}]{(mayGrow ? "" : "[data-final=true]")} > p").Filter(new() { HasTextRegex = text }).First;

    [GeneratedRegex("Hello!", RegexOptions.None, 1000)]
    private static partial Regex Greeting();

    [GeneratedRegex("story", RegexOptions.None, 1000)]
    private static partial Regex Story();

    [GeneratedRegex("A long time ago", RegexOptions.None, 1000)]
    private static partial Regex StoryBegins();

    [GeneratedRegex("^What time is it\\?$", RegexOptions.None, 1000)]
    private static partial Regex Typed();

    [GeneratedRegex("^It is ", RegexOptions.None, 1000)]
    private static partial Regex Time();
}
