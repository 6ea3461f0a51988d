// The tables, written as `diesel print-schema` would: one module per schema. A test compares it with the database.

pub mod office {
    diesel::table! {
        office.staff (id) {
            id -> Uuid,
            login -> Text,
            name -> Text,
            password_hash -> Text,
            role -> Text,
            place_code -> Text,
            created_at -> Timestamptz,
            disabled_at -> Nullable<Timestamptz>,
        }
    }

    diesel::table! {
        office.staff_session (token_digest) {
            token_digest -> Binary,
            staff_id -> Uuid,
            created_at -> Timestamptz,
            last_seen_at -> Timestamptz,
        }
    }

    diesel::table! {
        office.sign_in_attempt (id) {
            id -> Uuid,
            login -> Text,
            tried_at -> Timestamptz,
        }
    }

    diesel::table! {
        office.audit_entry (id) {
            id -> Uuid,
            happened_at -> Timestamptz,
            actor -> Text,
            verb -> Text,
            subject -> Text,
            details -> Jsonb,
        }
    }

    diesel::table! {
        office.job (id) {
            id -> Uuid,
            kind -> Text,
            payload -> Jsonb,
            dedup_key -> Text,
            state -> Text,
            attempts -> Integer,
            run_after -> Timestamptz,
            leased_until -> Nullable<Timestamptz>,
            lease -> Nullable<Uuid>,
            step -> Text,
            done_count -> BigInt,
            total_count -> BigInt,
            error_code -> Nullable<Text>,
            outcome -> Jsonb,
            requested_by -> Text,
            requested_at -> Timestamptz,
            started_at -> Nullable<Timestamptz>,
            finished_at -> Nullable<Timestamptz>,
        }
    }

    diesel::table! {
        office.place (code, valid_from) {
            code -> Text,
            valid_from -> Date,
            valid_until -> Date,
            level -> Text,
            kind -> Text,
            name -> Text,
            name_key -> Text,
            parent_code -> Text,
        }
    }

    diesel::table! {
        office.place_origin (code, valid_from, origin_code, origin_from) {
            code -> Text,
            valid_from -> Date,
            origin_code -> Text,
            origin_from -> Date,
            share -> Double,
        }
    }

    diesel::table! {
        office.place_file (digest) {
            digest -> Binary,
            name -> Text,
            places -> Integer,
            loaded_by -> Text,
            loaded_at -> Timestamptz,
        }
    }

    diesel::table! {
        office.form_version (id) {
            id -> Uuid,
            form_code -> Text,
            digest -> Text,
            source -> Jsonb,
            created_at -> Timestamptz,
        }
    }

    diesel::table! {
        office.form_release (version_id) {
            version_id -> Uuid,
            proposed_by -> Text,
            proposed_at -> Timestamptz,
            approved_by -> Nullable<Text>,
            approved_at -> Nullable<Timestamptz>,
        }
    }

    diesel::table! {
        office.campaign (id) {
            id -> Uuid,
            slug -> Text,
            name_vi -> Text,
            name_en -> Text,
            year -> Integer,
            form_version_id -> Uuid,
            state -> Text,
            opens_on -> Date,
            closes_on -> Date,
            results_on -> Date,
            hotline -> Text,
            synthetic -> Bool,
            flush_at_least -> Integer,
            created_at -> Timestamptz,
            opening_proposed_by -> Nullable<Text>,
            opening_proposed_at -> Nullable<Timestamptz>,
            opened_by -> Nullable<Text>,
            opened_at -> Nullable<Timestamptz>,
        }
    }

    diesel::table! {
        office.campaign_draft (login) {
            login -> Text,
            fields -> Jsonb,
            saved_at -> Timestamptz,
        }
    }

    diesel::table! {
        office.method_run (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            method -> Text,
            response_digest -> Binary,
            responses -> BigInt,
            provisional -> Bool,
            computed_at -> Timestamptz,
            form_digest -> Text,
            design_digest -> Binary,
            recipe -> Text,
            recipe_digest -> Binary,
            margin_digest -> Nullable<Binary>,
            case_digest -> Nullable<Binary>,
            engine -> Text,
            seed -> BigInt,
            input_digest -> Binary,
            cells -> BigInt,
            cells_digest -> Binary,
            steps -> Jsonb,
            requested_by -> Text,
        }
    }

    diesel::table! {
        office.current_run (campaign_id) {
            campaign_id -> Uuid,
            run_id -> Uuid,
            shown_at -> Timestamptz,
        }
    }

    diesel::table! {
        office.quality_rule (campaign_id, mode, kind) {
            campaign_id -> Uuid,
            mode -> Text,
            kind -> Text,
            threshold -> Nullable<SmallInt>,
            origin -> Text,
            left_out -> Integer,
            forms -> BigInt,
            flagged -> BigInt,
            honest -> Double,
            judged_at -> Timestamptz,
        }
    }

    diesel::table! {
        office.weight_recipe (campaign_id) {
            campaign_id -> Uuid,
            recipe -> Text,
            chosen_by -> Text,
            chosen_at -> Timestamptz,
        }
    }

    diesel::table! {
        office.margin_file (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            name -> Text,
            source -> Text,
            as_of -> Date,
            digest -> Binary,
            loaded_by -> Text,
            loaded_at -> Timestamptz,
        }
    }

    diesel::table! {
        office.margin (file_id, question, place_code, choice) {
            file_id -> Uuid,
            question -> Text,
            choice -> Integer,
            place_code -> Text,
            people -> BigInt,
        }
    }

    diesel::table! {
        office.result_cell (run_id, rule, indicator, answer, place_code) {
            run_id -> Uuid,
            level -> Text,
            place_code -> Text,
            indicator -> Text,
            rule -> Text,
            n -> Nullable<BigInt>,
            estimate -> Nullable<Double>,
            se -> Nullable<Double>,
            df -> Nullable<Double>,
            deff -> Nullable<Double>,
            ci_low -> Nullable<Double>,
            ci_high -> Nullable<Double>,
            flags -> Text,
            answer -> SmallInt,
        }
    }

    diesel::table! {
        office.crosstab_asked (campaign_id, part, split_by, asked_by, asked_on) {
            campaign_id -> Uuid,
            part -> Text,
            split_by -> Text,
            asked_by -> Text,
            asked_on -> Date,
            asked_at -> Timestamptz,
            turn -> BigInt,
        }
    }

    diesel::table! {
        office.crosstab_saved (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            name -> Text,
            query -> Text,
            owner -> Text,
            place_code -> Text,
            saved_at -> Timestamptz,
        }
    }

    diesel::table! {
        office.export_file (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            contents -> Text,
            format -> Text,
            file_name -> Text,
            digest -> Binary,
            bytes -> BigInt,
            created_at -> Timestamptz,
            expires_at -> Timestamptz,
        }
    }

    diesel::table! {
        office.edition (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            number -> Integer,
            run_id -> Uuid,
            content -> Binary,
            digest -> Binary,
            checks -> Jsonb,
            sound -> Bool,
            note_vi -> Text,
            note_en -> Text,
            frozen_by -> Text,
            frozen_at -> Timestamptz,
            approved_by -> Nullable<Text>,
            approved_at -> Nullable<Timestamptz>,
            released_by -> Nullable<Text>,
            ordered_at -> Nullable<Timestamptz>,
            release_at -> Nullable<Timestamptz>,
        }
    }

    diesel::table! {
        office.feedback (id) {
            id -> Uuid,
            receipt -> Text,
            topic -> Text,
            words -> Text,
            contact -> Text,
            language -> Text,
            received_on -> Date,
            answer -> Text,
            published -> Bool,
            answered_by -> Nullable<Text>,
            answered_at -> Nullable<Timestamptz>,
        }
    }

    diesel::table! {
        office.report_file (edition_id, file_name) {
            edition_id -> Uuid,
            place_order -> Integer,
            place_code -> Text,
            language -> Text,
            kind -> Text,
            file_name -> Text,
            digest -> Binary,
            bytes -> BigInt,
            made_at -> Timestamptz,
        }
    }

    diesel::table! {
        office.api_token (id) {
            id -> Uuid,
            name -> Text,
            digest -> Binary,
            reads_progress -> Bool,
            reads_exports -> Bool,
            made_by -> Text,
            made_on -> Date,
            expires_on -> Date,
            revoked_by -> Nullable<Text>,
            revoked_at -> Nullable<Timestamptz>,
            last_used_on -> Nullable<Date>,
        }
    }

    diesel::table! {
        office.webhook (id) {
            id -> Uuid,
            address -> Text,
            made_by -> Text,
            made_at -> Timestamptz,
            revoked_by -> Nullable<Text>,
            revoked_at -> Nullable<Timestamptz>,
        }
    }

    diesel::table! {
        office.webhook_delivery (id) {
            id -> Uuid,
            webhook_id -> Uuid,
            edition_id -> Uuid,
            made_at -> Timestamptz,
            tries -> Integer,
            status -> Nullable<Integer>,
            next_at -> Nullable<Timestamptz>,
            delivered_at -> Nullable<Timestamptz>,
        }
    }

    diesel::joinable!(staff_session -> staff (staff_id));
    diesel::joinable!(form_release -> form_version (version_id));
    diesel::joinable!(campaign -> form_version (form_version_id));
    diesel::joinable!(margin -> margin_file (file_id));
    diesel::joinable!(result_cell -> method_run (run_id));
    diesel::joinable!(current_run -> method_run (run_id));
    diesel::joinable!(webhook_delivery -> webhook (webhook_id));
    diesel::allow_tables_to_appear_in_same_query!(webhook, webhook_delivery);
    diesel::table! {
        office.keying_tally (campaign_id, staff_id) {
            campaign_id -> Uuid,
            staff_id -> Uuid,
            forms -> BigInt,
            fields -> BigInt,
            wrong -> BigInt,
        }
    }

    diesel::allow_tables_to_appear_in_same_query!(
        staff,
        staff_session,
        sign_in_attempt,
        audit_entry,
        job,
        place,
        place_file,
        place_origin,
        form_version,
        form_release,
        campaign,
        campaign_draft,
        keying_tally,
        method_run,
        current_run,
        weight_recipe,
        margin_file,
        margin,
        result_cell,
        export_file
    );
}

pub mod contact {
    diesel::table! {
        contact.frame (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            file_name -> Text,
            file_digest -> Binary,
            frame_digest -> Binary,
            synthetic -> Bool,
            provinces -> Integer,
            communes -> Integer,
            villages -> Integer,
            persons -> BigInt,
            imported_at -> Timestamptz,
            frozen_at -> Nullable<Timestamptz>,
            level -> Text,
            within_draw -> Nullable<Uuid>,
        }
    }

    diesel::table! {
        contact.frame_unit (frame_id, code) {
            frame_id -> Uuid,
            code -> Text,
            province_code -> Text,
            commune_code -> Text,
            commune_name -> Text,
            area -> Text,
            village_code -> Text,
            village_name -> Text,
            household -> Text,
            name -> Text,
            address -> Text,
            phone -> Text,
            email -> Text,
            size -> BigInt,
        }
    }

    diesel::table! {
        contact.frame_import (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            job_id -> Uuid,
            file_name -> Text,
            language -> Text,
            state -> Text,
            answers -> Jsonb,
            sent_by -> Text,
            sent_at -> Timestamptz,
        }
    }

    diesel::table! {
        contact.draw (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            frame_id -> Uuid,
            design -> Text,
            design_digest -> Binary,
            frame_digest -> Binary,
            seed -> Text,
            algorithm -> Text,
            state -> Text,
            list_digest -> Nullable<Binary>,
            persons -> Integer,
            reserves -> Integer,
            confirmed_by -> Nullable<Text>,
            confirmed_at -> Nullable<Timestamptz>,
            drawn_at -> Nullable<Timestamptz>,
            design_id -> Nullable<Uuid>,
            seed_source -> Text,
            committed_by -> Text,
            committed_at -> Timestamptz,
            seeded_by -> Nullable<Text>,
            seeded_at -> Nullable<Timestamptz>,
            withdrawn_by -> Nullable<Text>,
            withdrawn_at -> Nullable<Timestamptz>,
        }
    }

    diesel::table! {
        contact.design (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            name -> Text,
            definition -> Text,
            digest -> Binary,
            saved_by -> Text,
            saved_at -> Timestamptz,
            used_at -> Nullable<Timestamptz>,
        }
    }

    diesel::table! {
        contact.drawn_unit (draw_id, stage, code) {
            draw_id -> Uuid,
            stage -> Text,
            path -> Text,
            order_number -> Integer,
            code -> Text,
            role -> Text,
            method -> Text,
            n -> BigInt,
            population -> BigInt,
            size -> BigInt,
            parent_size -> BigInt,
            probability -> Text,
            overall_probability -> Text,
        }
    }

    diesel::table! {
        contact.field_case (invitation_id) {
            invitation_id -> Uuid,
            campaign_id -> Uuid,
            draw_id -> Uuid,
            person_code -> Text,
            province_code -> Text,
            commune_code -> Text,
            village_code -> Text,
            role -> Text,
            position -> Integer,
            interviewer_id -> Nullable<Uuid>,
            attempts -> Integer,
            outcome -> Text,
            outcome_on -> Nullable<Date>,
            appointment -> Text,
        }
    }

    diesel::table! {
        contact.visit (id) {
            id -> Uuid,
            invitation_id -> Uuid,
            campaign_id -> Uuid,
            province_code -> Text,
            interviewer_id -> Uuid,
            visited_on -> Date,
            outcome -> Text,
            appointment -> Text,
            note -> Text,
        }
    }

    diesel::table! {
        contact.replacement (id) {
            id -> Uuid,
            invitation_id -> Uuid,
            campaign_id -> Uuid,
            draw_id -> Uuid,
            province_code -> Text,
            village_code -> Text,
            reason -> Text,
            attempts -> Integer,
            requested_by -> Text,
            requested_at -> Timestamptz,
            state -> Text,
            decided_by -> Nullable<Text>,
            decided_at -> Nullable<Timestamptz>,
            decision -> Text,
            reserve_code -> Nullable<Text>,
        }
    }

    diesel::table! {
        contact.commune_loss (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            province_code -> Text,
            commune_code -> Text,
            reason -> Text,
            requested_by -> Text,
            requested_at -> Timestamptz,
            confirmed_by -> Nullable<Text>,
            confirmed_at -> Nullable<Timestamptz>,
            reserve_code -> Nullable<Text>,
        }
    }

    diesel::table! {
        contact.day_count (campaign_id, commune_code, province_code, day) {
            campaign_id -> Uuid,
            province_code -> Text,
            commune_code -> Text,
            day -> Date,
            responded -> Integer,
        }
    }

    diesel::table! {
        contact.assignment_act (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            province_code -> Text,
            interviewer_id -> Nullable<Uuid>,
            made_by -> Text,
            made_at -> Timestamptz,
            before -> Jsonb,
            undone_at -> Nullable<Timestamptz>,
        }
    }

    diesel::table! {
        contact.quality_group (campaign_id, interviewer_id, kind) {
            campaign_id -> Uuid,
            province_code -> Text,
            interviewer_id -> Uuid,
            kind -> Text,
            forms -> BigInt,
            flagged -> BigInt,
            low -> Double,
            high -> Double,
            expected -> Double,
            stands_out -> Bool,
        }
    }

    diesel::table! {
        contact.quality_note (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            province_code -> Text,
            interviewer_id -> Uuid,
            kind -> Text,
            verdict -> Text,
            reason -> Text,
            made_by -> Text,
            made_at -> Timestamptz,
        }
    }

    diesel::table! {
        contact.check_back_draw (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            province_code -> Text,
            share -> SmallInt,
            seed -> Text,
            candidates -> BigInt,
            candidate_digest -> Binary,
            drawn -> BigInt,
            made_by -> Text,
            made_at -> Timestamptz,
        }
    }

    diesel::table! {
        contact.check_back (invitation_id) {
            invitation_id -> Uuid,
            campaign_id -> Uuid,
            province_code -> Text,
            draw_id -> Uuid,
            interviewer_id -> Uuid,
            checker_id -> Uuid,
            state -> Text,
            attempts -> Integer,
            came -> Text,
            about_when -> Text,
            length -> Text,
            filled_by -> Text,
            pressure -> Text,
            note -> Text,
        }
    }

    diesel::table! {
        contact.check_back_try (id) {
            id -> Uuid,
            invitation_id -> Uuid,
            campaign_id -> Uuid,
            province_code -> Text,
            checker_id -> Uuid,
            tried_on -> Date,
            reached -> Bool,
        }
    }

    diesel::table! {
        contact.check_back_fact (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            province_code -> Text,
            sealed -> Binary,
        }
    }

    diesel::table! {
        contact.check_back_figure (campaign_id, province_code, interviewer, unit) {
            campaign_id -> Uuid,
            province_code -> Text,
            interviewer -> Text,
            unit -> Text,
            forms -> BigInt,
            checked -> BigInt,
            probability -> Nullable<Double>,
            choice -> Integer,
            difference -> Double,
            low -> Double,
            high -> Double,
        }
    }

    diesel::allow_tables_to_appear_in_same_query!(commune_loss, field_case, replacement);

    diesel::table! {
        contact.invitation (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            draw_id -> Uuid,
            person_code -> Text,
            province_code -> Text,
            stratum -> Text,
            code_digest -> Binary,
            status -> Text,
        }
    }

    diesel::table! {
        contact.letter_text (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            language -> Text,
            title -> Text,
            body -> Text,
            written_by -> Text,
            written_at -> Timestamptz,
            approved_by -> Nullable<Text>,
            approved_at -> Nullable<Timestamptz>,
        }
    }

    diesel::table! {
        contact.letter_file (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            draw_id -> Uuid,
            run -> Uuid,
            province_code -> Text,
            number -> Integer,
            letters -> Integer,
            languages -> Text,
            digest -> Binary,
            bytes -> BigInt,
            made_at -> Timestamptz,
            destroyed_at -> Nullable<Timestamptz>,
        }
    }

    diesel::table! {
        contact.message_rule (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            channel -> Text,
            audience -> Text,
            moment -> Text,
            days -> Integer,
            subject -> Text,
            body -> Text,
            written_by -> Text,
            written_at -> Timestamptz,
            started_by -> Nullable<Text>,
            started_at -> Nullable<Timestamptz>,
            withdrawn_at -> Nullable<Timestamptz>,
        }
    }

    diesel::table! {
        contact.message (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            rule_id -> Uuid,
            invitation_id -> Uuid,
            province_code -> Text,
            channel -> Text,
            state -> Text,
            reason -> Text,
        }
    }

    diesel::table! {
        contact.opt_out (invitation_id) {
            invitation_id -> Uuid,
            campaign_id -> Uuid,
            province_code -> Text,
            token_digest -> Binary,
            opted_out_at -> Nullable<Timestamptz>,
            opted_out_by -> Nullable<Text>,
        }
    }

    diesel::joinable!(message -> invitation (invitation_id));
    diesel::joinable!(opt_out -> invitation (invitation_id));
    diesel::allow_tables_to_appear_in_same_query!(
        frame,
        frame_import,
        frame_unit,
        design,
        draw,
        drawn_unit,
        invitation,
        letter_text,
        letter_file,
        message_rule,
        message,
        opt_out
    );
}

pub mod answers {
    diesel::table! {
        answers.sampling_unit (campaign_id, psu) {
            campaign_id -> Uuid,
            psu -> Text,
            stratum -> Text,
            province_code -> Text,
            area -> Text,
            weight -> Double,
            invited -> Integer,
        }
    }

    diesel::table! {
        answers.allowed (tag) {
            tag -> Binary,
            campaign_id -> Uuid,
            psu -> Text,
        }
    }

    diesel::table! {
        answers.draft (tag) {
            tag -> Binary,
            campaign_id -> Uuid,
            sealed -> Binary,
        }
    }

    diesel::table! {
        answers.keying (tag) {
            tag -> Binary,
            campaign_id -> Uuid,
            keyed -> SmallInt,
            sealed -> Binary,
        }
    }

    diesel::table! {
        answers.refusal (tag) {
            tag -> Binary,
            campaign_id -> Uuid,
            psu -> Text,
            day_key -> Integer,
            sealed -> Binary,
        }
    }

    diesel::table! {
        answers.inbox (tag) {
            tag -> Binary,
            campaign_id -> Uuid,
            psu -> Text,
            day_key -> Integer,
            body_digest -> Binary,
            sealed -> Binary,
        }
    }

    diesel::table! {
        answers.spent (tag) {
            tag -> Binary,
            campaign_id -> Uuid,
        }
    }

    diesel::table! {
        answers.response (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            psu -> Text,
            mode -> Text,
            answers -> Jsonb,
        }
    }

    diesel::table! {
        answers.response_copy (campaign_id) {
            campaign_id -> Uuid,
            responses -> BigInt,
            response_digest -> Binary,
            file_digest -> Binary,
        }
    }

    diesel::table! {
        answers.paradata_waiting (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            day_key -> Integer,
            sealed -> Binary,
        }
    }

    diesel::table! {
        answers.paradata_count (campaign_id, interviewer, measure, step) {
            campaign_id -> Uuid,
            interviewer -> Text,
            measure -> Text,
            step -> SmallInt,
            forms -> BigInt,
        }
    }

    diesel::table! {
        answers.free_text (id) {
            id -> Uuid,
            campaign_id -> Uuid,
            unit -> Text,
            content -> Text,
        }
    }

    diesel::allow_tables_to_appear_in_same_query!(
        sampling_unit,
        allowed,
        draft,
        keying,
        refusal,
        inbox,
        spent,
        response,
        free_text
    );
}
