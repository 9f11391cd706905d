namespace Agent.Providers.Local.Dialogue;

/// <summary>What the dialogue can do: each skill answers, or leaves it to the next.</summary>
internal static class DialogueSkills
{
    internal const string Greeting = "Hello. I am a small demonstration. What can I do for you?";

    internal const string Abilities = "I can tell you the time, count for you, add two numbers, remember your name, and tell you a long story.";

    internal const string Fallback = "I am sorry, I did not understand that. " + Abilities;

    internal const string Story =
        "A long time ago there was a little house by the sea. " +
        "An old man lived in the house with his dog. " +
        "Every morning they walked along the water and looked at the ships. " +
        "One day the old man found a box in the sand. " +
        "In the box there was a letter from a woman on the other side of the sea. " +
        "She wrote that she was looking for a friend. " +
        "So the old man sat down and wrote a long answer. " +
        "He told her about the house, about the dog, and about the water in the morning. " +
        "Then he put the letter in the box and gave it back to the sea. " +
        "All winter he waited for an answer. " +
        "In the spring a white ship came to the house. " +
        "The woman stood on the ship with his letter in her hand. " +
        "And from that day on they walked along the water together. " +
        "That is the end of the story.";

    private static readonly Func<Conversation, HeardText, string?>[] s_skills =
    [
        Repeat,
        AskName,
        TellName,
        Arithmetic,
        Count,
        TellStory,
        Time,
        Date,
        Goodbye,
        Stop,
        TellAbilities,
        Thanks,
        Greet,
    ];

    public static string Reply(Conversation conversation) =>
        conversation.Heard is not { } heard ? Greeting
        : heard.Words.Count == 0 ? Fallback
        : s_skills.Select(skill => skill(conversation, heard)).FirstOrDefault(reply => reply is not null) ?? Fallback;

    private static string? Repeat(Conversation conversation, HeardText heard)
    {
        if (!heard.HasPhrase("say that again", "say it again", "repeat that", "repeat it", "please repeat", "what did you say", "once more"))
            return null;
        return conversation.LastReply ?? "I have not said anything yet.";
    }

    private static string? AskName(Conversation conversation, HeardText heard)
    {
        if (!heard.HasPhrase("what is my name", "know my name", "remember my name", "who am i", "tell me my name", "say my name"))
            return null;
        var name = conversation.EarlierHeard.Reverse().Select(NameIn).FirstOrDefault(n => n is not null);
        return name is null ? "I do not know your name yet. Tell me your name, please." : $"Your name is {name}.";
    }

    private static string? TellName(Conversation conversation, HeardText heard) =>
        NameIn(heard) is { } name ? $"Nice to meet you, {name}." : null;

    private static string? NameIn(HeardText heard)
    {
        if (heard.Has("what"))
            return null;
        foreach (var phrase in (ReadOnlySpan<string>)["my name is", "name is", "call me"])
        {
            var at = heard.IndexOfPhrase(phrase);
            var name = at + phrase.Split(' ').Length;
            if (at >= 0 && name < heard.Words.Count)
                return char.ToUpperInvariant(heard.Words[name][0]) + heard.Words[name][1..];
        }

        return null;
    }

    private static string? Arithmetic(Conversation conversation, HeardText heard)
    {
        for (var i = 0; i < heard.Words.Count; i++)
        {
            var left = NumberWords.Read(heard.Words, i, out var length);
            var at = i + length;
            if (length == 0 || at >= heard.Words.Count)
                continue;
            var divides = heard.Words[at] is "divided" or "over";
            var after = at + (heard.Words[at] is "divided" or "multiplied" ? 2 : 1);
            var right = NumberWords.Read(heard.Words, after, out var rightLength);
            if (rightLength == 0)
                continue;
            return heard.Words[at] switch
            {
                "plus" or "and" => Sum(left, "plus", right, left + right),
                "minus" or "less" => Sum(left, "minus", right, left - right),
                "times" or "multiplied" => Sum(left, "times", right, (long)left * right),
                _ when divides && right == 0 => "I can not divide by zero.",
                _ when divides => left % right == 0
                    ? Sum(left, "divided by", right, left / right)
                    : $"{Sum(left, "divided by", right, left / right).TrimEnd('.')}, and {NumberWords.Write(left % right)} is left over.",
                _ => null,
            };
        }

        return null;
    }

    private static string Sum(int left, string sign, int right, long result)
    {
        if (Math.Abs(result) > 9_999)
            return "That number is too large for me.";
        var text = $"{NumberWords.Write(left)} {sign} {NumberWords.Write(right)} is {NumberWords.Write((int)result)}.";
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>"Count to five" is often heard as "down to five".</summary>
    private static string? Count(Conversation conversation, HeardText heard)
    {
        var verb = heard.IndexOf("count", "counts", "down", "account");
        if (verb < 0)
            return null;
        for (var i = heard.Words.Count - 1; i > verb; i--)
        {
            if (heard.Words[i - 1] is not ("to" or "two" or "till" or "until"))
                continue;
            var limit = NumberWords.Read(heard.Words, i, out var length);
            if (length == 0)
                continue;
            if (limit is < 1 or > 100)
                return "I can count from one to one hundred.";
            var text = string.Join(", ", Enumerable.Range(1, limit).Select(NumberWords.Write));
            return $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
        }

        return heard.Words[verb] is "down" ? null : "One, two, three, four, five, six, seven, eight, nine, ten.";
    }

    private static string? TellStory(Conversation conversation, HeardText heard) =>
        heard.Has("story", "stories", "tale") ? Story : null;

    private static string? Time(Conversation conversation, HeardText heard)
    {
        if (!heard.HasPhrase("what time", "the time", "is the time", "time is it", "time it is", "what is time"))
            return null;
        var hour = NumberWords.Write(conversation.Now.Hour % 12 == 0 ? 12 : conversation.Now.Hour % 12);
        var minute = conversation.Now.Minute;
        var part = conversation.Now.Hour switch { < 12 => "in the morning", < 18 => "in the afternoon", _ => "in the evening" };
        return minute switch
        {
            0 => $"It is {hour} o'clock {part}.",
            1 => $"It is one minute past {hour} {part}.",
            _ => $"It is {NumberWords.Write(minute)} minutes past {hour} {part}.",
        };
    }

    private static string? Date(Conversation conversation, HeardText heard) =>
        heard.HasPhrase("what day", "which day", "the date", "what date", "day is it")
            ? $"Today is {conversation.Now:dddd}, {conversation.Now:MMMM} {NumberWords.Write(conversation.Now.Day)}."
            : null;

    private static string? Goodbye(Conversation conversation, HeardText heard) =>
        heard.Has("goodbye", "bye") || heard.HasPhrase("good bye", "good night", "see you") ? "Goodbye. It was nice to talk to you." : null;

    private static string? Stop(Conversation conversation, HeardText heard) =>
        heard.Has("stop", "enough", "quiet", "cancel") || heard.HasPhrase("shut up", "hold on", "never mind", "wait a minute") ? "All right. I will be quiet." : null;

    private static string? TellAbilities(Conversation conversation, HeardText heard) =>
        heard.HasPhrase("what can you do", "what do you do", "can you do", "who are you", "what are you", "help me", "can you help") || heard.Words is ["help"]
            ? "I am a small demonstration. " + Abilities
            : null;

    private static string? Thanks(Conversation conversation, HeardText heard) =>
        heard.Has("thanks") || heard.HasPhrase("thank you") ? "You are welcome." : null;

    private static string? Greet(Conversation conversation, HeardText heard) =>
        heard.HasPhrase("how are you") ? "I am fine, thank you. How are you?"
        : heard.Has("hello", "hi", "hey") || heard.HasPhrase("good morning", "good evening", "good afternoon", "good day") ? Greeting
        : null;
}
